import type { TableLabels } from '#platform/audit/say.ts';
import { channelLabels, preferenceLabels, stateLabels } from './labels.ts';
import { eventOf, isEvent } from './rules/events.ts';

const among = (labels: Record<string, string>) => (value: unknown) => labels[String(value)] ?? String(value);
const yesNo = (value: unknown) => (value ? 'oui' : 'non');

/** How the trail of messages, of their texts and of what customers want of them is told. */
export const messagesTrail: Record<string, TableLabels> = {
  message_template: {
    name: 'Texte de message',
    right: 'messages:read',
    columns: {
      event: { label: 'À l’occasion de', say: (value) => (isEvent(String(value)) ? eventOf(String(value) as never).name : String(value)) },
      own_text: { label: 'Texte du jardin', say: yesNo },
      subject: { label: 'Objet' },
      body: { label: 'Message' },
      sms: { label: 'SMS' },
      by_mail: { label: 'Par e-mail', say: yesNo },
      by_sms: { label: 'Par SMS', say: yesNo },
    },
  },
  message_group: {
    name: 'Message à plusieurs',
    right: 'messages:read',
    columns: {
      subject: { label: 'Objet' },
      channel: { label: 'Par', say: among(channelLabels) },
      found_by: { label: 'À qui' },
      state: { label: 'État', say: among({ draft: 'Brouillon', sent: 'Envoyé', stopped: 'Arrêté' }) },
    },
  },
  message: {
    name: 'Message',
    right: 'messages:read',
    columns: { to_address: { label: 'À' }, state: { label: 'État', say: among(stateLabels) }, error: { label: 'Pourquoi' } },
  },
  message_preference: {
    name: 'Ce qu’un client souhaite recevoir',
    right: 'messages:read',
    columns: {
      kind: { label: 'Messages', say: among(preferenceLabels) },
      wanted: { label: 'Souhaités', say: yesNo },
      said_by: { label: 'Dit', say: among({ link: 'par le lien d’un message', account: 'dans « Mon compte »', garden: 'au jardin' }) },
    },
  },
  message_bounce: {
    name: 'Adresse mise de côté',
    right: 'messages:read',
    columns: { address: { label: 'Adresse' }, reason: { label: 'Pourquoi' }, cleared_at: { label: 'Reprise', say: yesNo, empty: 'non' } },
  },
  message_sender: {
    name: 'Envoi des messages',
    right: 'settings:read',
    columns: {
      smtp_host: { label: 'Serveur d’envoi' },
      smtp_port: { label: 'Port' },
      smtp_user: { label: 'Nom d’utilisateur' },
      from_name: { label: 'Nom qui s’affiche' },
      from_address: { label: 'Adresse' },
      reply_to: { label: 'Réponses à' },
      signature: { label: 'Sous chaque message' },
      sms_by: { label: 'SMS', say: among({ none: 'pas de SMS', brevo: 'par Brevo' }) },
      sms_name: { label: 'Nom sur le téléphone' },
    },
  },
};
