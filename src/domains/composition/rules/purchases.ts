import { formatQuantity, type Thousandths, type Unit } from '#kernel/quantity.ts';

/** Something that is bought, and what the baskets of a day take of it. */
export type ToBuy = {
  produceId: number;
  name: string;
  unit: Unit;
  /** Thousandths of the unit. */
  need: Thousandths;
  /** What is there already. */
  there: Thousandths;
  /** « colis de 10 »; holds `containerQuantity` of the unit. Null: bought by the unit. */
  container: string;
  containerQuantity: Thousandths | null;
};

/** `containers`: null when it is bought by the unit. */
export type Purchase = ToBuy & { containers: number | null; bought: Thousandths; leftOver: Thousandths };

/**
 * What to order: what baskets take, less what is there, in whole containers, rounded up; pieces, bunches and boxes are whole too.
 * 345 kiwis by « colis de 100 »: 4 colis, 400 kiwis, 55 are left over. With 60 there already: 285, 3 colis, 15 are left over.
 */
export function purchase(one: ToBuy): Purchase {
  const missing = Math.max(0, one.need - one.there);
  const whole = one.containerQuantity ?? (one.unit === 'kg' ? 1 : 1000);
  const count = Math.ceil(missing / whole);
  const bought = count * whole;
  return {
    ...one,
    containers: one.containerQuantity === null ? null : count,
    bought,
    leftOver: Math.max(0, bought + one.there - one.need),
  };
}

/** « 4 × colis de 100 (400 pièces) », « 12,5 kg » */
export function sayPurchase({ containers, container, bought, unit, containerQuantity }: Purchase): string {
  if (containers === null) return formatQuantity(bought, unit);
  const held = container || `colis de ${formatQuantity(containerQuantity!, unit)}`;
  return containers === 1 ? `1 × ${held}` : `${containers} × ${held} (${formatQuantity(bought, unit)})`;
}

/** The order as a letter that can be sent as it is. `delivery`: « mercredi 22 octobre 2025 ». */
export function orderLetter(garden: string, delivery: string, lines: readonly Purchase[]): string {
  const wanted = lines.filter(({ bought }) => bought > 0).map((line) => `- ${line.name} : ${sayPurchase(line)}`);
  return [
    'Bonjour,',
    '',
    `Pour notre livraison du ${delivery}, nous souhaitons :`,
    ...wanted,
    '',
    'Merci de nous confirmer, bonne journée,',
    garden,
  ].join('\n');
}
