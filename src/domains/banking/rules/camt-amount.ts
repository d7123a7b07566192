import type { Cents } from '#kernel/money.ts';

/** Whole cents of « 1234.5 »; null when it is not an amount without sign, or has parts of a cent. */
export function centsOf(text: string): Cents | null {
  const match = /^(\d{1,13})(?:\.(\d{1,2})0*)?$/.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}
