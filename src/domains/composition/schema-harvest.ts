import { z } from 'zod';
import { parseQuantity, type Thousandths, type Unit } from '#kernel/quantity.ts';

/** What the forms of a harvest may send. Their tables have as many fields as rows, each named after its produce: `available_12`. */

export const tableForm = z.looseObject({});

export type Typed = Record<string, string | string[] | undefined>;

/** What is there, as typed for one produce. */
export type AvailabilityRow = { produceId: number; version: number; available: Thousandths | null; useUp: boolean; mustHave: boolean };
/** What came of it. */
export type TallyRow = {
  produceId: number;
  version: number;
  picked: Thousandths | null;
  packed: Thousandths | null;
  lost: Thousandths | null;
  lossReason: string;
};

type Read<T> = { rows: T[]; errors: Record<string, string> };

const text = (typed: Typed, name: string): string => String(typed[name] ?? '').trim();
const idsOf = (typed: Typed): number[] =>
  Object.keys(typed).flatMap((name) => (/^version_[1-9]\d{0,14}$/.test(name) ? [Number(name.slice(8))] : []));
const versionOf = (typed: Typed, id: number): number =>
  /^\d{1,9}$/.test(text(typed, `version_${id}`)) ? Number(text(typed, `version_${id}`)) : 0;

/** « 12,5 » in thousandths; nothing typed is nothing said. */
function quantity(typed: Typed, name: string, errors: Record<string, string>): Thousandths | null {
  const given = text(typed, name);
  if (given === '') return null;
  const read = parseQuantity(given);
  if (read === null) errors[name] = `« ${given.slice(0, 20)} » n’est pas une quantité. Écrivez par exemple 12,5.`;
  return read;
}

/** The table of what there is: `version_12`, `available_12`, `useUp_12`, `mustHave_12`. */
export function readAvailability(typed: Typed): Read<AvailabilityRow> {
  const errors: Record<string, string> = {};
  const rows = idsOf(typed).map((produceId) => ({
    produceId,
    version: versionOf(typed, produceId),
    available: quantity(typed, `available_${produceId}`, errors),
    useUp: text(typed, `useUp_${produceId}`) === 'on',
    mustHave: text(typed, `mustHave_${produceId}`) === 'on',
  }));
  return { rows, errors };
}

/** The table of what came of it: `version_12`, `picked_12`, `packed_12`, `lost_12`, `reason_12`. */
export function readTally(typed: Typed): Read<TallyRow> {
  const errors: Record<string, string> = {};
  const rows = idsOf(typed).map((produceId) => {
    const row: TallyRow = {
      produceId,
      version: versionOf(typed, produceId),
      picked: quantity(typed, `picked_${produceId}`, errors),
      packed: quantity(typed, `packed_${produceId}`, errors),
      lost: quantity(typed, `lost_${produceId}`, errors),
      lossReason: text(typed, `reason_${produceId}`).slice(0, 120),
    };
    if (row.lossReason !== '' && row.lost === null && !errors[`lost_${produceId}`])
      errors[`lost_${produceId}`] = 'Combien s’en est-il perdu ?';
    return row;
  });
  return { rows, errors };
}

/** The sharing as it is saved: what is written for each basket product, and the total it comes from. */
export type ShareValues = {
  version: number;
  total: Thousandths;
  unit: Unit;
  sizes: { productId: number; baskets: number; share: number; quantity: Thousandths }[];
};

/** Why something was lost, as gardens say it; they may write something else. */
export const lossReasons = [
  'abîmé à la récolte',
  'gelé',
  'pourri',
  'maladie',
  'ravageurs',
  'monté en graines',
  'invendu',
  'donné',
] as const;
