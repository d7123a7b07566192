import { parseQuantity, type Thousandths, type Unit } from '#kernel/quantity.ts';

/**
 * The sheet on which compositions are written: one column by basket, one line by produce, a quantity where they cross. How it travels in a form,
 * and how what two people wrote on it at once is put together.
 */

/** Quantities of one basket, by produce. */
export type Cells = ReadonlyMap<number, Thousandths>;

/** What a form sent of one basket. `base`: what the cells showed when they were given to fill; the two tell what a person changed. */
export type TypedColumn = {
  productId: number;
  base: Cells;
  typed: ReadonlyMap<number, string>;
  baseNote: string;
  note: string;
};

export const cellName = (productId: number, produceId: number): string => `q.${productId}.${produceId}`;
export const baseName = (productId: number): string => `base.${productId}`;
export const noteName = (productId: number): string => `note.${productId}`;
export const baseNoteName = (productId: number): string => `baseNote.${productId}`;

/** 500 → « 0,5 »: as it is typed. */
export const typedQuantity = (quantity: Thousandths | undefined): string => (quantity ? String(quantity / 1000).replace('.', ',') : '');

/**
 * « 0,5 », « 500 g », « 0,5 kg », « 2 » → thousandths; nothing → 0; null when it cannot be understood. Grams are for what goes by the kilogram.
 */
export function readCell(text: string, unit: Unit): Thousandths | null {
  const bare = text.trim().toLowerCase();
  if (bare === '' || bare === '-') return 0;
  const grams = /^(.*\d)\s*g(r|rammes?)?\.?$/.exec(bare);
  if (grams) {
    const read = unit === 'kg' ? parseQuantity(grams[1]!) : null;
    return read === null || read % 1000 ? null : read / 1000;
  }
  const read = parseQuantity(bare.replace(unit === 'kg' ? /\s*k(g|ilos?)?\.?$/ : /\s*(p|pi[eè]ces?|bottes?|barq(uettes?)?)\.?$/, ''));
  return read !== null && read <= MOST ? read : null;
}
/** A hundred kilograms, or pieces, in one basket: more is a slip. */
const MOST = 100_000;

/** « 12:500 13:1000 », as a form carries what it showed. */
export const packCells = (cells: Cells): string => [...cells].map(([id, quantity]) => `${id}:${quantity}`).join(' ');
export const unpackCells = (text: string): Map<number, Thousandths> =>
  new Map([...text.matchAll(/(\d{1,12}):(\d{1,9})/g)].map(([, id, quantity]) => [Number(id), Number(quantity)]));

/** Every column that a form sent. */
export function readColumns(fields: Iterable<readonly [string, string]>): TypedColumn[] {
  const all = new Map(fields);
  const columns = [...all].flatMap(([name, value]) => {
    const id = /^base\.(\d{1,12})$/.exec(name)?.[1];
    if (!id) return [];
    const productId = Number(id);
    const text = (of: string) => (all.get(of) ?? '').trim();
    const [baseNote, note] = [text(baseNoteName(productId)), text(noteName(productId))];
    return { productId, base: unpackCells(value), typed: new Map<number, string>(), baseNote, note };
  });
  for (const [name, value] of all) {
    const [, product, produce] = /^q\.(\d{1,12})\.(\d{1,12})$/.exec(name) ?? [];
    columns.find(({ productId }) => productId === Number(product))?.typed.set(Number(produce), value);
  }
  return columns;
}

/** The cells that somebody changed: what is to be kept of a form that is refused. The others show what is stored by now. */
export const changedCells = ({ base, typed }: Pick<TypedColumn, 'base' | 'typed'>): [number, string][] =>
  [...typed].filter(([produceId, text]) => text.trim() !== typedQuantity(base.get(produceId)));

/** @returns what the basket is to hold, and the cells that both changed, each in another way. */
export function mergeCells(base: Cells, mine: Cells, stored: Cells): { cells: Map<number, Thousandths>; conflicts: number[] } {
  const cells = new Map<number, Thousandths>();
  const conflicts: number[] = [];
  for (const id of new Set([...stored.keys(), ...base.keys(), ...mine.keys()])) {
    const [was, wish, is] = [base.get(id) ?? 0, mine.get(id) ?? 0, stored.get(id) ?? 0];
    if (wish !== was && is !== was && wish !== is) conflicts.push(id);
    const quantity = wish === was ? is : wish;
    if (quantity > 0) cells.set(id, quantity);
  }
  return { cells, conflicts };
}
