import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';

export type OpenItem = { left: Cents; dueOn: Day; piece: string };

/**
 * What may be debited of a customer on a day: what is due by then, less what is on its way already (payments announced or handed to the bank, other
 * debits in preparation), never more than all that is open.
 */
export function toDebit(open: readonly OpenItem[], dueOn: Day, coming: Cents): { amount: Cents; pieces: string[] } {
  const due = open.filter((item) => item.left > 0 && item.dueOn <= dueOn);
  const amount = due.reduce((sum, { left }) => sum + left, 0) - Math.max(0, coming);
  return amount > 0 ? { amount, pieces: [...new Set(due.map(({ piece }) => piece))] } : { amount: 0, pieces: [] };
}

/** What a customer reads for a balance brought over (its piece is « REPRISE-1721 », billing/server/opening.ts), which no document of hers bears. */
const readable = (piece: string): string => (piece.startsWith('REPRISE-') ? 'solde repris' : piece);

/** « solde repris, F2025-00044 »; those that do not fit in what a bank carries (140 signs) are counted. */
export function sayPieces(pieces: readonly string[], most = 120): string {
  let said = '';
  for (const [index, piece] of pieces.map(readable).entries()) {
    const longer = said ? `${said}, ${piece}` : piece;
    if (longer.length > most) return `${said} et ${pieces.length - index} de plus`;
    said = longer;
  }
  return said;
}
