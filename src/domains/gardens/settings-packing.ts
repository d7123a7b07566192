import { z } from 'zod';

/** How a garden fills its vehicles and prints its sheets and labels. Null: it does without. */

const some = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
  z.coerce.number().int().min(1).max(999).nullable(),
);

/** In which order the stops of a tour stand: as they are driven, backwards (what is loaded first), by name, by number. */
export const sheetOrders = ['tour', 'reverse', 'name', 'number'] as const;
/** Sheets of labels as they are sold, columns by rows on A4. */
export const labelFormats = ['3x8', '3x7', '2x7', '2x4'] as const;

export const packingSettings = {
  cratesPerPallet: some.default(null),
  /** Roll containers: they take what does not fill a pallet, or everything where there are no pallets. */
  cratesPerRoll: some.default(null),
  strapsPerPallet: some.default(null),
  strapsPerRoll: some.default(null),
  sheetOrder: z.enum(sheetOrders).default('tour'),
  /** One label for each basket, or for each crate of a depot. */
  labelFor: z.enum(['basket', 'crate']).default('basket'),
  labelFormat: z.enum(labelFormats).default('3x8'),
  labelCode: z.enum(['code128', 'qr', 'none']).default('code128'),
  labelNames: z.enum(['full', 'short', 'number']).default('full'),
};

/** What a form may send of them. */
export const packingGiven = {
  cratesPerPallet: some.optional(),
  cratesPerRoll: some.optional(),
  strapsPerPallet: some.optional(),
  strapsPerRoll: some.optional(),
  sheetOrder: packingSettings.sheetOrder.unwrap().optional(),
  labelFor: packingSettings.labelFor.unwrap().optional(),
  labelFormat: packingSettings.labelFormat.unwrap().optional(),
  labelCode: packingSettings.labelCode.unwrap().optional(),
  labelNames: packingSettings.labelNames.unwrap().optional(),
};
