/** The blanks that a text of a reminder may hold, and what stands in them. */
export const blanks = {
  civilite: 'M., Mme, ou rien',
  prenom: 'le prénom',
  nom: 'le nom',
  numero: 'le numéro de client',
  montant: 'ce qui est en retard',
  depuis: 'depuis quel jour',
  jours: 'de combien de jours',
  detail: 'la liste de ce qui n’est pas réglé',
  jardin: 'le nom du jardin',
  telephone: 'le téléphone du jardin',
} as const;
export type Blank = keyof typeof blanks;
export type Filling = Record<Blank, string>;

const blank = /\{([^{}\n]*)\}/g;

/** Blanks of a text that nobody knows how to fill: « {montan} ». */
export const unknownBlanks = (text: string): string[] => [
  ...new Set([...text.matchAll(blank)].map(([, name]) => name!).filter((name) => !(name in blanks))),
];

/** The text with its blanks filled; what an empty one leaves behind (two spaces, a space before a comma) is tidied. */
export const fill = (text: string, filling: Filling): string =>
  text
    .replace(blank, (whole, name: string) => (name in blanks ? filling[name as Blank] : whole))
    .replace(/ {2,}/g, ' ')
    .replace(/ +([,.\n])/g, '$1')
    .replace(/^ +| +$/gm, '')
    .trim();
