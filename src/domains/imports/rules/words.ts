/** Lower case, no accents, single spaces; signs stay: « Panier  Été + » → « panier ete + ». Two names alike this way are one name. */
export const plain = (text: string): string => unaccented(text).toLowerCase().replace(/\s+/g, ' ').trim();

/** Most cells have no accent at all, and normalising is slow. */
const unaccented = (text: string): string =>
  /^[ -~]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/œ/gi, 'oe');

/** The words alone, signs as spaces: « N° adhérent » → « n adherent ». */
export const fold = (text: string): string =>
  plain(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const small = new Set(['de', 'des', 'la', 'le', 'les', 'l', 'd', 'en', 'un', 'une']);
const numberWords = new Set(['no', 'num', 'numero', 'nr', 'nb']);

/** The same heading however it is written: small words and plurals dropped, « numéro », « num. », « n° » alike. */
export const heading = (text: string): string =>
  fold(text)
    .split(' ')
    .filter((word) => !small.has(word))
    .map((word) => (numberWords.has(word) ? 'n' : word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ');
