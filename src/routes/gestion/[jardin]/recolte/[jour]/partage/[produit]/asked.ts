import {
  type Driver,
  quantityField,
  shareField,
  steps,
  type Typed,
  typedQuantity,
  typedShare,
} from '#domains/composition/rules/sharing.ts';
import { sharesOf } from '#domains/composition/rules/split.ts';
import type { Unit } from '#kernel/quantity.ts';
import { parseQuantity } from '#kernel/quantity.ts';

type Values = Record<string, unknown>;
type Size = { productId: number; baskets: number; priceCents: number };

/** What was typed, from an address or a form that came back. */
export function typedIn(values: Values, unit: Unit, sizes: readonly Size[]): Typed {
  const text = (name: string) => String(values[name] ?? '').slice(0, 20);
  const driver: Driver = text('driver') === 'quantities' ? 'quantities' : 'shares';
  const step = steps[unit].find((one) => one === parseQuantity(text('step'))) ?? steps[unit][0]!;
  return {
    total: text('total'),
    driver,
    step,
    sizes: sizes.map(({ productId, baskets }) => ({
      ...{ productId, baskets },
      share: text(shareField(productId)),
      quantity: text(quantityField(productId)),
    })),
  };
}

/**
 * Where one starts: what there is; and the shares it was given last that day, else those of what baskets hold already, else those of the last
 * time, else those of what the baskets cost.
 */
export function firstSharing(
  unit: Unit,
  sizes: readonly (Size & { held: number })[],
  { available, shares, before }: { available: number | null; shares: Record<string, number>; before: Record<string, number> | null },
): Typed {
  const told = Object.keys(shares).length > 0 ? shares : null;
  const held = sizes.map((size) => size.held);
  const known = told ?? (held.some(Boolean) ? null : before);
  const first = known
    ? sizes.map(({ productId }) => Math.round((known[productId] ?? 0) * 100))
    : sharesOf(held.some(Boolean) ? held : sizes.map(({ priceCents }) => priceCents));
  return {
    total: available === null ? '' : typedQuantity(available),
    driver: 'shares',
    step: steps[unit][0]!,
    sizes: sizes.map(({ productId, baskets, held: quantity }, at) => ({
      ...{ productId, baskets },
      share: typedShare(first[at]!),
      quantity: typedQuantity(quantity),
    })),
  };
}
