import { autrement, compte, ics, jour, mandat, montant, pour } from './blanks.ts';
import { event } from './event.ts';

/** Invoices, payments, debits. */
export const money = {
  invoice_sent: event({
    family: 'Argent',
    name: 'Facture ou avoir envoyé',
    when: 'Quand le jardin envoie une facture, un avoir ou une facture pro forma ; le document est joint.',
    kind: 'service',
    blanks: {
      document: { says: 'le document et son numéro', sample: 'facture F2026-0412' },
      montant,
      echeance: { says: 'le jour avant lequel la régler ; vide pour un avoir', sample: '30/11/2026' },
      reglee: { says: '« oui » quand ce client ne doit rien : la facture est déjà réglée ; vide sinon', sample: '' },
      message: autrement,
    },
    subject: 'Votre {{ document }}',
    body: `Bonjour {{ prenom }},

{% if message %}{{ message }}{% elsif reglee %}Vous trouverez ci-joint votre {{ document }}, de **{{ montant }}**. Vous n’avez rien à régler : votre compte est à jour, merci !{% elsif echeance %}Vous trouverez ci-joint votre {{ document }}, de **{{ montant }}**, à régler au plus tard le {{ echeance }}.{% else %}Vous trouverez ci-joint votre {{ document }}, de **{{ montant }}**. Il vient en déduction de ce que vous devez, ou vous sera rendu.{% endif %}

À bientôt !`,
  }),
  statement_sent: event({
    family: 'Argent',
    name: 'Relevé de compte envoyé',
    when: 'Quand le jardin envoie à quelqu’un le relevé de son compte ; le PDF est joint.',
    kind: 'service',
    blanks: {
      debut: { says: 'le premier jour du relevé', sample: '01/10/2026' },
      fin: { says: 'le dernier jour du relevé', sample: '30/11/2026' },
      du: { says: 'ce qui reste à régler ce jour-là ; vide s’il ne reste rien', sample: '41,40 €' },
      avance: { says: 'ce que le jardin a d’avance ; vide s’il n’y en a pas', sample: '' },
      message: autrement,
    },
    subject: 'Votre relevé de compte au {{ fin }}',
    body: `Bonjour {{ prenom }},

{% if message %}{{ message }}{% else %}Vous trouverez ci-joint le relevé de votre compte, du {{ debut }} au {{ fin }} : ce que vous avez reçu, ce qui a été facturé et ce que vous avez réglé.

{% if du %}Il reste **{{ du }}** à régler.{% elsif avance %}Vous avez **{{ avance }}** d’avance.{% else %}Tout est réglé, merci !{% endif %}{% endif %}

À bientôt !`,
  }),
  debit_announced: event({
    family: 'Argent',
    name: 'Prélèvement annoncé',
    when: 'Quand le jardin annonce un prélèvement, avant de le remettre à la banque.',
    kind: 'service',
    blanks: {
      montant,
      jour,
      pour,
      compte,
      mandat,
      ics,
    },
    subject: 'Prélèvement de {{ montant }} le {{ jour }}',
    body: `Bonjour {{ prenom }},

Nous prélèverons **{{ montant }}** le **{{ jour }}** sur votre compte {{ compte }} :

{{ pour }}

Référence du mandat : {{ mandat }}{% if ics %} · identifiant créancier : {{ ics }}{% endif %}

Une question, un changement de compte ? Répondez à ce message avant cette date{% if telephone %}, ou appelez-nous au {{ telephone }}{% endif %}.

À bientôt !`,
  }),
  payment_received: event({
    family: 'Argent',
    name: 'Paiement reçu',
    when: 'Quand un paiement en ligne est confirmé.',
    kind: 'service',
    blanks: {
      montant,
      jour,
      pour: { says: 'ce qu’il paie', sample: 'Facture F2026-0412' },
    },
    subject: 'Merci, votre paiement de {{ montant }} est reçu',
    body: `Bonjour {{ prenom }},

Nous avons bien reçu votre paiement de **{{ montant }}** du {{ jour }}{% if pour %} ({{ pour }}){% endif %}. Merci !

À bientôt !`,
  }),
  payment_rejected: event({
    family: 'Argent',
    name: 'Paiement refusé par la banque',
    when: 'Quand la banque refuse un prélèvement, si le jardin l’annonce.',
    kind: 'service',
    blanks: {
      montant,
      jour,
      raison: { says: 'ce que dit la banque', sample: 'provision insuffisante' },
    },
    subject: 'Votre prélèvement de {{ montant }} n’est pas passé',
    body: `Bonjour {{ prenom }},

La banque n’a pas accepté le prélèvement de **{{ montant }}** du {{ jour }}{% if raison %} : {{ raison }}{% endif %}.

Cela arrive, et cela s’arrange : répondez à ce message{% if telephone %} ou appelez-nous au {{ telephone }}{% endif %}, nous verrons ensemble comment faire.

À bientôt !`,
  }),
  payment_reminder: event({
    family: 'Argent',
    name: 'Rappel de règlement',
    when: 'Quand le jardin relance un client en retard. Le texte est celui de l’étape, à écrire dans « Rappels ».',
    kind: 'service',
    blanks: {
      objet: { says: 'l’objet de l’étape', sample: 'Petit rappel : un règlement vous attend' },
      texte: { says: 'le texte de l’étape', sample: 'Sauf erreur de notre part, il reste 41,40 € à régler.' },
    },
    subject: '{{ objet }}',
    body: '{{ texte }}',
  }),
  mandate_signed: event({
    family: 'Argent',
    name: 'Mandat de prélèvement signé',
    when: 'Quand un client signe en ligne l’autorisation de prélever son compte.',
    kind: 'service',
    blanks: {
      mandat,
      compte,
      jour,
      ics,
    },
    subject: 'Votre autorisation de prélèvement',
    body: `Bonjour {{ prenom }},

Le {{ jour }}, vous nous avez autorisés à prélever votre compte {{ compte }}.

Référence du mandat : **{{ mandat }}**{% if ics %} · identifiant créancier : {{ ics }}{% endif %}

Gardez ce message. Chaque prélèvement vous sera annoncé avant d’être fait, et vous pouvez changer de compte ou arrêter à tout moment. Votre banque vous rembourse un prélèvement contesté dans les huit semaines.

À bientôt !`,
  }),
};
