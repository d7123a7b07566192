import { type Day, sayDayAndYear } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { least } from './amount.ts';

/** Something open on a customer's account. `left`: above zero, still to pay. */
export type OpenItem = { id: number; left: Cents; dueOn: Day; piece: string; label: string; document: number | null };

/** One way to answer « que voulez-vous payer ? ». */
export type Choice = { value: string; label: string; hint: string; cents: Cents; purpose: string; document: number | null };

/**
 * What can be paid: all that is due today, all that was ever asked, each bill by itself. Never more than the balance: what is in hand was counted. Two answers that are the
 * same are one; what is too little to be paid online is left out.
 */
export function choicesOf(open: readonly OpenItem[], balance: Cents, today: Day): Choice[] {
  if (balance <= 0) return [];
  const owed = open.filter(({ left }) => left > 0).toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id - b.id));
  const due = Math.min(
    balance,
    owed.filter(({ dueOn }) => dueOn <= today).reduce((sum, { left }) => sum + left, 0),
  );
  const bills = owed.map((item): Choice => {
    const what = item.document === null ? item.label : `Facture ${item.piece}`;
    const cents = Math.min(item.left, balance);
    const hint = `${item.dueOn < today ? 'À régler depuis le' : 'À régler avant le'} ${sayDayAndYear(item.dueOn)}`;
    return {
      value: item.document === null ? `ligne-${item.id}` : `facture-${item.document}`,
      label: what,
      hint,
      cents,
      purpose: what,
      document: item.document,
    };
  });
  const all: Choice[] = [];
  if (due > 0 && due < balance)
    all.push({
      value: 'du',
      label: 'Ce qui est à régler aujourd’hui',
      hint: '',
      cents: due,
      purpose: 'Ce qui est à régler',
      document: null,
    });
  // One bill and nothing else: it says more than « tout ».
  if (bills.length !== 1 || bills[0]!.cents !== balance)
    all.push({
      value: 'tout',
      label: 'Tout ce qui reste à régler',
      hint: '',
      cents: balance,
      purpose: 'Tout ce qui reste à régler',
      document: null,
    });
  return [...all, ...bills].filter(({ cents }) => cents >= least);
}
