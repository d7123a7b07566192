import type { Day } from '#kernel/day.ts';

/** Who may receive a tax receipt, and for what: rules of the CGI as dated data. */

export const donorKinds = ['person', 'company'] as const;
export type DonorKind = (typeof donorKinds)[number];
export const natures = ['money', 'claim', 'goods'] as const;
export type Nature = (typeof natures)[number];

/** What an organisation is before articles 200 (1), 238 bis (1) and 978 (I) of the CGI: as the model of receipt lists them. `articles`: those it may name. */
export const bodies = {
  general_interest: { label: 'Œuvre ou organisme d’intérêt général', articles: ['200', '238 bis'] },
  public_utility: { label: 'Association ou fondation reconnue d’utilité publique', articles: ['200', '238 bis'] },
  insertion: {
    label: 'Organisme d’intérêt général, atelier ou chantier d’insertion (article L. 5132-15 du code du travail)',
    articles: ['200', '238 bis', '978'],
  },
  food_aid: {
    label: 'Organisme sans but lucratif qui fournit gratuitement des repas à des personnes en difficulté (article 200, 1 ter)',
    articles: ['200', '238 bis'],
  },
} as const satisfies Record<string, { label: string; articles: readonly string[] }>;
export type Body = keyof typeof bodies;
export const bodyNames = Object.keys(bodies) as [Body, ...Body[]];
export const articles = ['200', '238 bis', '978'] as const;

/** The model that a receipt follows, by the day it is made: 2041-RD for persons (CGI, art. 200, 5), 2041-MEC-SD for companies (art. 238 bis, 5 bis). */
const forms: { from: Day; kind: DonorKind; form: string }[] = [
  { from: '2022-01-01', kind: 'person', form: '11580*04' },
  { from: '2022-01-01', kind: 'company', form: '16216*01' },
  { from: '2023-04-01', kind: 'person', form: '11580*05' },
  { from: '2023-04-01', kind: 'company', form: '16216*02' },
];
/** Articles that each kind of donor may rely on. */
const articlesOf: Record<DonorKind, readonly string[]> = { person: ['200', '978'], company: ['238 bis'] };

export function formOn(day: Day, kind: DonorKind): string {
  const held = forms.filter((one) => one.kind === kind && one.from <= day).at(-1);
  if (!held) throw new Error(`No model of receipt is known on ${day}.`);
  return held.form;
}

/** What the garden stated, from a day on. */
export type Statement = {
  startsOn: Day;
  eligible: boolean;
  body: string;
  articles: string[];
  object: string;
  ruling: string;
  signer: string;
  signerTitle: string;
};

/** The statement that holds on a day: the latest that has begun, the last one stated of a same day. Null before the first. @param statements in the order they were stated. */
export const statementOn = <S extends Pick<Statement, 'startsOn'>>(statements: readonly S[], day: Day): S | null =>
  statements
    .filter(({ startsOn }) => startsOn <= day)
    .reduce<S | null>((held, one) => (held && held.startsOn > one.startsOn ? held : one), null);

/** Articles of the statement that a receipt of this kind names. */
export const articlesFor = ({ articles }: Pick<Statement, 'articles'>, kind: DonorKind): string[] =>
  articles.filter((one) => articlesOf[kind].includes(one));

export type ReceiptDonor = { kind: DonorKind; lastName: string; address: string; postcode: string; city: string; siren: string };
export type ReceiptGift = { day: Day; nature: Nature; state: string; counterpart: boolean; valuation: string };
export type ReceiptGarden = { siren: string; rna: string; address: string; city: string };

/**
 * Why no receipt can be made of a gift today, in French; null when one can. Never for what has a counterpart, nor before the garden stated that it is eligible,
 * nor with a mention missing (CGI, annexe of the order that lays down the model: an incomplete receipt is refused to the donor).
 */
export function whyNoReceipt(
  { gift, donor, garden, statements }: { gift: ReceiptGift; donor: ReceiptDonor; garden: ReceiptGarden; statements: readonly Statement[] },
  today: Day,
): string | null {
  if (gift.state !== 'received') return 'Ce don n’est pas encore reçu.';
  if (gift.counterpart) return 'Ce don a une contrepartie.';
  const then = statementOn(statements, gift.day);
  const now = statementOn(statements, today);
  if (!now?.eligible) return 'Le jardin n’a pas déclaré qu’il peut faire des reçus fiscaux.';
  if (!then?.eligible) return 'Le jardin ne pouvait pas faire de reçus fiscaux le jour de ce don.';
  if (articlesFor(now, donor.kind).length === 0)
    return donor.kind === 'company' ? 'Le jardin n’a pas déclaré l’article 238 bis.' : 'Le jardin n’a pas déclaré l’article 200.';
  if (!garden.siren && !garden.rna) return 'Il manque le numéro SIRET ou RNA du jardin (Réglages).';
  if (!garden.address || !garden.city) return 'Il manque l’adresse du jardin (Réglages).';
  if (!donor.address || !donor.postcode || !donor.city) return 'Il manque l’adresse complète du donateur.';
  if (donor.kind === 'company' && !donor.siren) return 'Il manque le numéro SIREN de l’entreprise.';
  if (gift.nature === 'goods' && !gift.valuation) return 'Il manque la façon dont le donateur a estimé la valeur.';
  return null;
}
