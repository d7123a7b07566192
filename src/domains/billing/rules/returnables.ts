import type { Cents } from '#kernel/money.ts';

/** A container that went to a customer, or left her: brought back, or given to the garden with its deposit. In the order of time. */
export type Move = { kind: 'lent' | 'returned' | 'given'; quantity: number; depositCents: Cents };
export type Lot = { quantity: number; depositCents: Cents };

/** What a customer still holds, oldest first, with the deposit that each was lent for: those that leave are the oldest of that deposit. */
export function held(moves: readonly Move[]): Lot[] {
  const lots: Lot[] = [];
  for (const { kind, quantity, depositCents } of moves) {
    if (kind === 'lent') {
      lots.push({ quantity, depositCents });
      continue;
    }
    let left = quantity;
    for (const lot of lots) {
      if (lot.depositCents !== depositCents || left === 0) continue;
      const taken = Math.min(lot.quantity, left);
      lot.quantity -= taken;
      left -= taken;
    }
  }
  return lots.filter(({ quantity }) => quantity > 0);
}

/** How many of them, and what deposits they stand for. */
export const heldIn = (lots: readonly Lot[]): { quantity: number; cents: Cents } => ({
  quantity: lots.reduce((sum, lot) => sum + lot.quantity, 0),
  cents: lots.reduce((sum, lot) => sum + lot.quantity * lot.depositCents, 0),
});

/** Which ones leave when so many do: the oldest first, those of one deposit together. Null when she does not hold so many. */
export function leaving(lots: readonly Lot[], quantity: number): Lot[] | null {
  if (heldIn(lots).quantity < quantity) return null;
  const out = new Map<Cents, number>();
  let left = quantity;
  for (const lot of lots) {
    const taken = Math.min(lot.quantity, left);
    if (taken > 0) out.set(lot.depositCents, (out.get(lot.depositCents) ?? 0) + taken);
    left -= taken;
  }
  return [...out].map(([depositCents, some]) => ({ quantity: some, depositCents }));
}
