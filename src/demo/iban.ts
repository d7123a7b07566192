import type { Chance } from './random.ts';

/** The remainder by 97 of a number of any length, written in digits. */
const modulo97 = (digits: string): number => [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);

/** An invented French account whose two keys (RIB and IBAN) are right, without spaces. No bank has the code 99999. */
export function inventIban({ between }: Chance): string {
  const digits = (count: number) => Array.from({ length: count }, () => between(0, 9)).join('');
  const bank = '99999';
  const branch = digits(5);
  const account = digits(11);
  const key = 97 - ((89 * Number(bank) + 15 * Number(branch) + 3 * Number(account)) % 97);
  const bban = `${bank}${branch}${account}${String(key).padStart(2, '0')}`;
  // « FR » counts as 15 27, and the key that is looked for as 00.
  return `FR${String(98 - modulo97(`${bban}152700`)).padStart(2, '0')}${bban}`;
}
