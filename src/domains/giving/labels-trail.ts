import { shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { donorLabels, meansLabels, natureLabels, originLabels, stateLabels, wishLabels } from './labels.ts';
import { campaignFields, donorFields, giftFields } from './labels-forms.ts';

const euros = (value: unknown) => formatEuros(Number(value));
const day = (value: unknown) => shortDay(String(value));
const yes = (value: unknown) => (value ? 'oui' : 'non');
const named =
  <L extends Record<string, unknown>>(labels: L, one: (label: L[keyof L]) => string) =>
  (value: unknown) =>
    String(value) in labels ? one(labels[String(value) as keyof L]) : String(value);
const plain = (label: string) => label;
const aside = { label: 'Mis de côté', say: yes, empty: 'non' };

/** How the trail of giving is told. Receipts never change: they have none. */
export const givingTrail: Record<string, TableLabels> = {
  donor: {
    name: 'Donateur',
    right: 'giving:read',
    columns: {
      kind: { label: donorFields.kind, say: named(donorLabels, plain) },
      last_name: { label: donorFields.lastName },
      first_name: { label: donorFields.firstName },
      legal_form: { label: donorFields.legalForm },
      siren: { label: donorFields.siren },
      address: { label: donorFields.address },
      postcode: { label: donorFields.postcode },
      city: { label: donorFields.city },
      email: { label: donorFields.email },
      receipts: { label: donorFields.receipts, say: named(wishLabels, plain) },
      note: { label: giftFields.note },
      archived_at: aside,
      forgotten_on: { label: 'Effacé le', say: day },
    },
  },
  gift: {
    name: 'Don',
    right: 'giving:read',
    columns: {
      nature: { label: giftFields.nature, say: named(natureLabels, ({ one }) => one) },
      origin: { label: 'D’où il vient', say: named(originLabels, plain) },
      cents: { label: giftFields.cents, say: euros },
      day: { label: giftFields.day, say: day },
      state: { label: 'État', say: named(stateLabels, ({ one }) => one) },
      means: { label: 'Mode de versement', say: named(meansLabels, plain) },
      counterpart: { label: 'Contrepartie', say: yes },
      label: { label: giftFields.label },
      valuation: { label: giftFields.valuation },
      note: { label: giftFields.note },
      receipt_id: { label: 'Reçu fiscal', say: yes, empty: 'non' },
      reason: { label: 'Raison' },
    },
  },
  campaign: {
    name: 'Collecte',
    right: 'giving:read',
    columns: {
      title: { label: campaignFields.title },
      slug: { label: campaignFields.slug },
      lead: { label: campaignFields.lead },
      body: { label: campaignFields.body },
      goal_cents: { label: campaignFields.goalCents, say: euros },
      starts_on: { label: campaignFields.startsOn, say: day },
      ends_on: { label: campaignFields.endsOn, say: day },
      counterpart: { label: campaignFields.counterpart },
      project: { label: campaignFields.project },
      programme_id: { label: 'Alimente un programme', say: yes, empty: 'non' },
      published: { label: 'Publiée', say: yes },
      archived_at: aside,
    },
  },
  regular_gift: {
    name: 'Don de chaque mois',
    right: 'giving:read',
    columns: {
      cents: { label: 'Montant', say: euros },
      way: { label: 'Comment', say: (value) => (value === 'bill' ? 'avec ses factures' : 'par virement') },
      starts_on: { label: 'Depuis le', say: day },
      ends_on: { label: 'Jusqu’au', say: day },
    },
  },
  recipient: {
    name: 'Organisation à qui donner son panier',
    right: 'giving:read',
    columns: { about: { label: 'Ce qu’elle fait' }, archived_at: { label: 'Plus proposée', say: yes, empty: 'non' } },
  },
  receipt_sending: {
    name: 'Remise d’un reçu fiscal',
    right: 'giving:read',
    columns: { way: { label: 'Comment', say: (value) => (value === 'mail' ? 'par e-mail' : 'sur papier') }, address: { label: 'À' } },
  },
};
