import { z } from 'zod';

/** What the forms of the calendar may send. */

/**
 * What becomes of baskets: « credit », « make_up », « 2026-16 » (another week), « none » (nothing), or '' (not chosen yet).
 * Any other word is refused.
 */
export const fateField = z
  .string()
  .regex(/^(|none|credit|make_up|20\d\d-\d{1,2})$/, 'Choisissez une des réponses proposées.')
  .default('');

/** Who is told of a change: asked beside its preview, with a word of the garden's. */
const telling = {
  tell: z.literal('on').optional(),
  word: z.string().trim().max(500).optional(),
};

/** Ticked weeks of a year, all tours or one. `shown`: those that were ticked when the page was made. */
export const closingsForm = z.looseObject({
  year: z.coerce.number().int().min(2000).max(2100),
  tour: z.string().regex(/^\d*$/).default(''),
  shown: z
    .string()
    .regex(/^[\d,]*$/)
    .default(''),
  weeks: z.array(z.coerce.number().int().min(1).max(53)).default([]),
  fate: z.enum(['make_up', 'credit', 'none', 'move']).optional(),
  seen: z.string().max(20_000).default(''),
  ...telling,
});
export type ClosingsForm = z.output<typeof closingsForm>;

/** One delivery: another date, closed, or open again. */
export const deliveryForm = z.object({
  version: z.coerce.number().int().min(1),
  what: z.enum(['date', 'closed'], { error: 'Choisissez une des réponses proposées.' }),
  date: z.string().default(''),
  fate: fateField,
  note: z.string().trim().max(200).default(''),
  seen: z.string().max(2000).default(''),
  ...telling,
});
export type DeliveryForm = z.output<typeof deliveryForm>;

/** Choices about bank holidays: `choice-12`, `fate-12` and `version-12` for delivery 12. */
export const holidaysForm = z.looseObject({
  year: z.coerce.number().int().min(2000).max(2100),
  seen: z.string().max(20_000).default(''),
  ...telling,
});
export type HolidaysForm = z.output<typeof holidaysForm>;
