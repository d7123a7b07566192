/** How something is counted: by the kilogram, the piece, the bunch or the box. */
export type Unit = 'kg' | 'piece' | 'bunch' | 'box';

/** A quantity in whole thousandths of its unit: 500 of « kg » is 500 g, 1000 of « piece » is one piece. */
export type Thousandths = number;

/** A price in whole ten-thousandths of a euro for one unit: 15100 is 1,51 €. */
export type UnitPrice = number;

export const unitLabels: Record<Unit, { one: string; many: string; short: string }> = {
  kg: { one: 'kilo', many: 'kilos', short: 'kg' },
  piece: { one: 'pièce', many: 'pièces', short: 'p.' },
  bunch: { one: 'botte', many: 'bottes', short: 'botte' },
  box: { one: 'barquette', many: 'barquettes', short: 'barq.' },
};

const number = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 3 });
const price = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** (500, 'kg') → « 500 g », (1500, 'kg') → « 1,5 kg », (2000, 'piece') → « 2 pièces ». */
export function formatQuantity(quantity: Thousandths, unit: Unit): string {
  if (unit === 'kg') return Math.abs(quantity) < 1000 && quantity !== 0 ? `${quantity} g` : `${number.format(quantity / 1000)} kg`;
  return `${number.format(quantity / 1000)} ${unitLabels[unit][Math.abs(quantity) < 2000 ? 'one' : 'many']}`;
}

/** 15100 → « 1,51 € », 12345 → « 1,2345 € ». */
export const formatUnitPrice = (unitPrice: UnitPrice): string => price.format(unitPrice / 10_000);

/** « 0,5 », « 1 250.5 » → thousandths; null when it is not a number of at most three decimals, from 0 to 999 999. */
export const parseQuantity = (text: string): Thousandths | null => parseDecimal(text, 3);

/** « 1,51 », « 1,51 € » → ten-thousandths of a euro; null when it is not a price of at most four decimals. */
export const parseUnitPrice = (text: string): UnitPrice | null => parseDecimal(text.replace('€', ''), 4);

function parseDecimal(text: string, decimals: number): number | null {
  const match = /^(\d{1,6})(?:[.,](\d+))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, ''));
  if (!match || (match[2] ?? '').length > decimals) return null;
  return Number(match[1]) * 10 ** decimals + Number((match[2] ?? '').padEnd(decimals, '0'));
}
