import type { Cents } from '#kernel/money.ts';

/** Amounts in letters, as cheques and tax receipts ask: the spelling everybody learnt at school (hyphens below a hundred alone). */

const small = [
  ...[
    'zéro',
    'un',
    'deux',
    'trois',
    'quatre',
    'cinq',
    'six',
    'sept',
    'huit',
    'neuf',
    'dix',
    'onze',
    'douze',
    'treize',
    'quatorze',
    'quinze',
    'seize',
  ],
  ...['dix-sept', 'dix-huit', 'dix-neuf'],
];
const tens = ['', '', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante', 'soixante', 'quatre-vingt', 'quatre-vingt'];

/** 0 to 99. @param plural whether « quatre-vingts » may take its s: not before « mille ». */
function belowHundred(number: number, plural: boolean): string {
  if (number < 20) return small[number]!;
  const ten = Math.floor(number / 10);
  // Seventies and nineties go on counting from sixty and eighty.
  const rest = number - (ten === 7 || ten === 9 ? ten - 1 : ten) * 10;
  const word = tens[ten]!;
  if (rest === 0) return ten === 8 && plural ? 'quatre-vingts' : word;
  const linked = (rest === 1 || rest === 11) && ten < 8 ? ' et ' : '-';
  return word + linked + small[rest]!;
}

/** 1 to 999. */
function belowThousand(number: number, plural: boolean): string {
  const hundreds = Math.floor(number / 100);
  const rest = number % 100;
  if (hundreds === 0) return belowHundred(rest, plural);
  const head = hundreds === 1 ? 'cent' : `${small[hundreds]} cent${rest === 0 && plural ? 's' : ''}`;
  return rest === 0 ? head : `${head} ${belowHundred(rest, plural)}`;
}

/** A whole number from 0 to 999 999 999. Throws beyond. */
export function numberInWords(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number >= 1e9) throw new RangeError(`Not written in letters: ${number}`);
  if (number === 0) return small[0]!;
  const millions = Math.floor(number / 1e6);
  const thousands = Math.floor(number / 1000) % 1000;
  const units = number % 1000;
  const parts: string[] = [];
  if (millions > 0) parts.push(`${belowThousand(millions, true)} million${millions > 1 ? 's' : ''}`);
  if (thousands > 0) parts.push(thousands === 1 ? 'mille' : `${belowThousand(thousands, false)} mille`);
  if (units > 0) parts.push(belowThousand(units, true));
  return parts.join(' ');
}

/** 12345 → « cent vingt-trois euros et quarante-cinq centimes ». Cents from 0 up to 999 999 999,99 €. */
export function amountInWords(cents: Cents): string {
  const whole = Math.floor(cents / 100);
  const rest = cents % 100;
  // « un million d’euros », but « un million cent euros ».
  const link = whole >= 1e6 && whole % 1e6 === 0 ? ' d’' : ' ';
  const euros = `${numberInWords(whole)}${link}euro${whole > 1 ? 's' : ''}`;
  const centimes = `${numberInWords(rest)} centime${rest > 1 ? 's' : ''}`;
  if (rest === 0) return euros;
  return whole === 0 ? centimes : `${euros} et ${centimes}`;
}
