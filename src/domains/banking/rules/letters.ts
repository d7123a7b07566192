/** Letters without a basic Latin one under their accent. */
const others: Record<string, string> = {
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ı: 'i',
  '’': "'",
  '‘': "'",
  '«': "'",
  '»': "'",
  '"': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '&': '+',
  '€': 'EUR',
  '°': '.',
  '@': '(at)',
  _: '-',
};

/**
 * A text in the signs that every bank of the SEPA reads (EPC217-08: letters without accents, figures, / - ? : ( ) . , ' + and the space); a sign
 * of another writing becomes a point. @param most cut to this many signs.
 */
export function toSepa(text: string, most: number): string {
  const folded = text
    .replace(/[^\x20-\x7e]|["&@_]/gu, (sign) => others[sign] ?? sign)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  return folded
    .replace(/[^A-Za-z0-9/\-?:().,'+ ]/gu, (sign) => (/\s/u.test(sign) ? ' ' : '.'))
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, most)
    .trim();
}

/** Whether a reference can be written as it is: those signs alone, 35 at most, none of it around with spaces, no « // », no « / » at either end. */
export const isSepaReference = (text: string): boolean =>
  /^[A-Za-z0-9/\-?:().,'+ ]{1,35}$/.test(text) && text === text.trim() && !/^\/|\/$|\/\//.test(text);

/** A reference of ours from parts that people chose: signs that a reference does not take are left out. */
export const toReference = (text: string): string =>
  toSepa(text, 60)
    .replace(/[^A-Za-z0-9-]/g, '')
    .slice(0, 35);
