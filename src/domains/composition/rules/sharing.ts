import { parseQuantity, type Thousandths, type Unit } from '#kernel/quantity.ts';
import { sharesOf, split, usedBy } from './split.ts';

/** A basket size in the form that shares: what was typed for it. */
export type TypedSize = { productId: number; baskets: number; share: string; quantity: string };
/** What drives the other: shares give quantities, or quantities give shares. */
export type Driver = 'shares' | 'quantities';
export type Typed = { total: string; driver: Driver; step: Thousandths; sizes: readonly TypedSize[] };

/** `share` in hundredths of a per cent. What cannot be read counts for nothing, and is told among the errors. */
export type SharedSize = { productId: number; baskets: number; share: number; quantity: Thousandths };
export type Sharing = {
  total: Thousandths;
  sizes: SharedSize[];
  used: Thousandths;
  /** Negative when the quantities exceed the total. */
  left: Thousandths;
  /** By field: total, share_12, quantity_12. */
  errors: Record<string, string>;
};

/** Names of the fields of a size. */
export const shareField = (productId: number) => `share_${productId}`;
export const quantityField = (productId: number) => `quantity_${productId}`;

/**
 * Reads what was typed and computes the other side: the same on the page, in the server's preview and when it is saved. Nothing typed is
 * nothing given: a size without share receives nothing.
 */
export function readSharing(unit: Unit, { total: typedTotal, driver, step, sizes }: Typed): Sharing {
  const errors: Record<string, string> = {};
  const read = (field: string, text: string, wrong: string, whole = false): number => {
    const value = text.trim() === '' ? 0 : parseQuantity(text);
    if (value !== null && !(whole && value % 1000 !== 0)) return value;
    errors[field] = wrong;
    return 0;
  };
  const example = unit === 'kg' ? '83,5' : '250';
  const total = read('total', typedTotal, `Écrivez une quantité, par exemple ${example}.`);
  if (typedTotal.trim() === '') errors.total = `Combien y en a-t-il à partager ? Par exemple ${example}.`;
  if (driver === 'quantities') {
    const quantities = sizes.map(({ productId, quantity }) =>
      read(
        quantityField(productId),
        quantity,
        unit === 'kg' ? 'Écrivez des kilos, par exemple 0,6.' : 'Écrivez un nombre entier, par exemple 2.',
        unit !== 'kg',
      ),
    );
    const shares = sharesOf(quantities);
    const { used, left } = usedBy(total, sizes, quantities);
    return { total, sizes: sizes.map((size, at) => sharedSize(size, shares[at]!, quantities[at]!)), used, left, errors };
  }
  const shares = sizes.map(({ productId, share }) => {
    // Per cents with two decimals at most: thousandths end with a 0.
    const value = read(shareField(productId), share.replace('%', ''), 'Écrivez une part de 0 à 100, par exemple 33.');
    if (value <= 100_000 && value % 10 === 0) return value / 10;
    errors[shareField(productId)] ??= 'Une part va de 0 à 100, avec deux chiffres au plus après la virgule.';
    return 0;
  });
  const { perBasket, used, left } = split(
    total,
    sizes.map(({ baskets }, at) => ({ baskets, share: shares[at]! })),
    step,
  );
  return { total, sizes: sizes.map((size, at) => sharedSize(size, shares[at]!, perBasket[at]!)), used, left, errors };
}

const sharedSize = ({ productId, baskets }: TypedSize, share: number, quantity: Thousandths): SharedSize => ({
  productId,
  baskets,
  share,
  quantity,
});

/** 1750 (hundredths of a per cent) → « 17,5 »; 0 → « 0 ». */
export const typedShare = (share: number): string => String(share / 100).replace('.', ',');
/** 600 (thousandths) → « 0,6 ». */
export const typedQuantity = (quantity: Thousandths): string => String(quantity / 1000).replace('.', ',');

/** The steps one may weigh or count by, the usual one first. */
export const steps: Record<Unit, readonly Thousandths[]> = {
  kg: [10, 50, 100, 500],
  piece: [1000],
  bunch: [1000],
  box: [1000],
};
