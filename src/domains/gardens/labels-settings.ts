import { formatEuros } from '#kernel/money.ts';
import type { ColumnLabel } from '#platform/audit/say.ts';
import { type GardenSettings, gardenSettings } from './settings.ts';
import { activityLabels } from './settings-map.ts';

/** What each setting is called, on its page and in the history. */
export const settingNames = {
  cutoffHours: 'Délai avant la préparation',
  sheetNames: 'Noms sur les feuilles',
  holidays: 'Jours fériés',
  startsWhen: 'Ce qui fait commencer un abonnement',
  doubledCap: 'Paniers doublés par livraison',
  offerDays: 'Réponse à une place offerte',
  renewalWeeks: 'Préparer le renouvellement',
  debtLimitCents: 'Garder les paniers au-delà de',
  remindFromCents: 'Relancer à partir de',
  legalName: 'Nom légal',
  legalForm: 'Forme juridique',
  siret: 'Numéro SIRET',
  rna: 'Numéro RNA',
  vatLiable: 'TVA',
  vatReason: 'Pourquoi pas de TVA',
  vatNumber: 'Numéro de TVA',
  paymentDays: 'Délai de paiement',
  invoiceFooter: 'Bas des factures',
  debitNoticeDays: 'Prévenir avant un prélèvement',
  rejectionFeeCents: 'Frais demandés pour un rejet',
  activities: 'Activités du jardin',
  solidarityBaskets: 'Paniers solidaires',
  marginBase: 'Prix qui sert à compter la marge',
  openingSign: 'Soldes repris',
  cratesPerPallet: 'Caisses par palette',
  strapsPerPallet: 'Sangles par palette',
  cratesPerRoll: 'Caisses par roll',
  strapsPerRoll: 'Sangles par roll',
  sheetOrder: 'Ordre des dépôts sur les feuilles',
  labelFor: 'Étiquettes',
  labelFormat: 'Planches d’étiquettes',
  labelNames: 'Noms sur les étiquettes',
  labelCode: 'Code sur les étiquettes',
  proposal: 'Proposition de composition',
  publishDetail: 'Ce que voient les abonnés',
  publishHours: 'Visible avant la livraison',
  newsletter: 'Feuille de chou',
  startLatitude: 'Latitude du jardin',
  startLongitude: 'Longitude du jardin',
  roadFactor: 'Allongement de la route',
  roadSpeed: 'Vitesse moyenne',
  stopMinutes: 'Temps passé à un arrêt',
  signupOpen: 'Inscriptions en ligne',
  signupApproval: 'Le jardin valide les inscriptions',
  signupTopUp: 'Arrondi solidaire',
  signupTopUpText: 'Phrase de l’arrondi solidaire',
  signupContainers: 'Contenants proposés à l’inscription',
  signupConditions: 'Conditions d’inscription',
} as const satisfies Record<keyof GardenSettings, string>;

type Say = Pick<ColumnLabel, 'say' | 'empty'>;
const one = (words: Record<string, string>): Say => ({ say: (value) => words[String(value)] ?? String(value) });
const many = (words: Record<string, string>, empty: string): Say => ({
  say: (value) => (value as string[]).map((word) => words[word] ?? word).join(', ') || empty,
});
const unit = (one: string, many = `${one}s`): Say => ({
  say: (value) => `${String(value).replace('.', ',')} ${Number(value) > 1 ? many : one}`,
});
const euros: Say = { say: (value) => formatEuros(Number(value)) };
const yesNo = one({ true: 'oui', false: 'non' });
const people = one({ full: 'nom et prénom', short: 'nom et initiale', number: 'numéro de client' });

const said: Partial<Record<keyof GardenSettings, Say>> = {
  cutoffHours: unit('heure'),
  sheetNames: people,
  holidays: one({ metropole: 'France métropolitaine', alsace_moselle: 'Alsace et Moselle', reunion: 'La Réunion' }),
  startsWhen: one({ nothing: 'rien à attendre', payment: 'le paiement', contract: 'le contrat signé' }),
  doubledCap: { empty: 'sans limite' },
  offerDays: unit('jour'),
  renewalWeeks: unit('semaine'),
  debtLimitCents: { ...euros, empty: 'jamais' },
  remindFromCents: euros,
  vatLiable: one({ true: 'facturée', false: 'non facturée' }),
  vatReason: one({ '293B': 'franchise en base', '261-7': 'association exonérée' }),
  paymentDays: unit('jour'),
  debitNoticeDays: unit('jour'),
  rejectionFeeCents: euros,
  activities: many(activityLabels, 'aucune'),
  solidarityBaskets: yesNo,
  marginBase: one({ with_vat: 'TVA comprise', without_vat: 'hors TVA' }),
  openingSign: { ...one({ owes: 'ce que le client doit', in_hand: 'ce que le client a d’avance' }), empty: 'pas encore dit' },
  sheetOrder: one({ tour: 'ordre de la tournée', reverse: 'à l’envers, pour charger', name: 'par nom', number: 'par numéro' }),
  labelFor: one({ basket: 'une par panier', crate: 'une par caisse' }),
  labelNames: people,
  labelCode: one({ code128: 'code-barres', qr: 'code QR', none: 'aucun' }),
  publishDetail: one({ names: 'les légumes', weights: 'les légumes et leurs quantités', prices: 'quantités et prix de référence' }),
  publishHours: unit('heure'),
  roadSpeed: unit('km/h', 'km/h'),
  stopMinutes: unit('minute'),
  signupOpen: one({ true: 'ouvertes', false: 'fermées' }),
  signupApproval: yesNo,
  signupTopUp: yesNo,
  signupContainers: yesNo,
};

const blocks = { contents: 'le contenu', news: 'les nouvelles', recipe: 'la recette', dates: 'les dates', notice: 'à rapporter' };

/** Settings that hold several things of their own. What baskets are to weigh is told where it is used, not here. */
const within: Partial<Record<keyof GardenSettings, Record<string, ColumnLabel>>> = {
  proposal: {
    familyMost: { label: 'Légumes d’une même famille, au plus' },
    weeks: { label: 'Semaines sans redite' },
    perTour: { label: 'Une composition par tournée', ...yesNo },
  },
  newsletter: {
    title: { label: 'Titre de la feuille de chou' },
    intro: { label: 'Phrase d’accueil' },
    newsTitle: { label: 'Titre des nouvelles' },
    noticeTitle: { label: 'Titre du rappel' },
    notice: { label: 'Rappel' },
    blocks: { label: 'Parties de la feuille de chou', ...many(blocks, 'aucune') },
    dates: { label: 'Dates annoncées' },
    footer: { label: 'Bas de la feuille de chou' },
  },
};

/** How settings are told in the history: each apart, what a garden never said as it starts with it. */
export const settingsTrail: ColumnLabel = {
  label: 'Réglages',
  parts: {
    read: (stored) => {
      const read = gardenSettings.safeParse(stored ?? {});
      return read.success ? read.data : ((stored ?? {}) as Record<string, unknown>);
    },
    columns: Object.fromEntries(
      (Object.keys(settingNames) as (keyof GardenSettings)[]).map((key) => {
        const inner = within[key];
        const read = (stored: unknown) => (stored ?? {}) as Record<string, unknown>;
        return [key, { label: settingNames[key], ...said[key], ...(inner && { parts: { read, columns: inner } }) }];
      }),
    ),
  },
};
