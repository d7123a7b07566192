/** A number kept exactly, as a fraction in whole numbers: cents, tenths of a cent and « 5,5 % » add up without losing anything. `over` > 0. */
export type Exact = { top: bigint; over: bigint };

/** `exact(1380, 100)` → 13.80. @param over a whole number other than 0. */
export const exact = (top: number | bigint, over: number | bigint = 1): Exact => {
  const [up, down] = [BigInt(top), BigInt(over)];
  if (down === 0n) throw new Error('Nothing is divided by nothing.');
  const common = divisor(up < 0n ? -up : up, down < 0n ? -down : down) * (down < 0n ? -1n : 1n);
  return { top: up / common, over: down / common };
};

export const zero = exact(0);
export const plus = (a: Exact, b: Exact): Exact => exact(a.top * b.over + b.top * a.over, a.over * b.over);
export const minus = (a: Exact, b: Exact): Exact => exact(a.top * b.over - b.top * a.over, a.over * b.over);
export const times = (a: Exact, b: Exact): Exact => exact(a.top * b.top, a.over * b.over);
export const dividedBy = (a: Exact, b: Exact): Exact => exact(a.top * b.over, a.over * b.top);
export const sign = ({ top }: Exact): -1 | 0 | 1 => (top < 0n ? -1 : top > 0n ? 1 : 0);

/** As decimal text: whole when it ends within 30 decimals (« 10.535 »), cut there when it does not (a third). */
export function toDecimal({ top, over }: Exact): `${number}` {
  const size = top < 0n ? -top : top;
  let rest = size % over;
  let decimals = '';
  for (; rest !== 0n && decimals.length < 30; rest = (rest * 10n) % over) decimals += String((rest * 10n) / over);
  return `${top < 0n ? '-' : ''}${size / over}${decimals && `.${decimals}`}` as `${number}`;
}

/** The nearest number of the machine: 10.535, as it is written. */
export const toNumber = (value: Exact): number => Number(toDecimal(value));

/** « 13,80 », « 0.125 » → exactly that; null when it is not a plain number of at most 12 + 12 figures, without a sign. */
export function parseExact(text: string): Exact | null {
  const [, whole, decimals = ''] = /^(\d{1,12})(?:[.,](\d{1,12}))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, '')) ?? [];
  return whole === undefined ? null : exact(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function divisor(a: bigint, b: bigint): bigint {
  let [big, small] = [a, b];
  while (small !== 0n) [big, small] = [small, big % small];
  return big === 0n ? 1n : big;
}
