/** Numbers under which a French association or company is known. Given without spaces, in capitals. */

/** The key of Luhn: every second figure from the right counts double, and all of them add up to a multiple of ten. */
function hasLuhnKey(figures: string): boolean {
  const sum = [...figures].reverse().reduce((total, figure, place) => {
    const value = Number(figure) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** 9 figures (SIREN) that hold their key. */
export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && hasLuhnKey(text);

/** A SIREN and five figures of the establishment. Offices of La Poste (356 000 000) alone may do without the key: their figures add up to a multiple of five. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false;
  const offices = text.startsWith('356000000') && [...text].reduce((sum, figure) => sum + Number(figure), 0) % 5 === 0;
  return offices || hasLuhnKey(text);
}

/** « W » and nine figures: the répertoire national des associations. */
export const isRna = (text: string): boolean => /^W\d{9}$/.test(text);

/** FR, two signs, SIREN (article 286 ter du CGI). When the two signs are figures, they are (12 + 3 × (SIREN mod 97)) mod 97. */
export function isVatNumber(text: string): boolean {
  const found = /^FR([0-9A-Z]{2})(\d{9})$/.exec(text);
  if (!found) return false;
  const [, key, siren] = found as unknown as [string, string, string];
  return isSiren(siren) && (!/^\d\d$/.test(key) || Number(key) === (12 + 3 * (Number(siren) % 97)) % 97);
}

/** 14 figures as people read them: 784 671 695 00103. */
export const saySiret = (siret: string): string => siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4');
