import { z } from 'zod';

/** What the forms of the packing shed may send. */

const id = z.coerce.number().int().positive();
const count = z.coerce
  .number({ error: 'Écrivez un nombre.' })
  .int('Écrivez un nombre entier.')
  .min(0, 'Écrivez un nombre à partir de 0.')
  .max(9999);

export type GivenMark = { slotId: number; productId: number; packed: number; version: number };

/** « 12.3.8.0 » (slot, product, ready, version seen), several separated by commas: what one tap says. */
const marks = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,9}){3}(,\d{1,15}(\.\d{1,9}){3}){0,199}$/)
  .transform((text) =>
    text.split(',').map((one): GivenMark => {
      const [slotId, productId, packed, version] = one.split('.').map(Number) as [number, number, number, number];
      return { slotId, productId, packed, version };
    }),
  );

/** What `marks` reads. */
export const sayMarks = (given: readonly GivenMark[]): string =>
  given.map(({ slotId, productId, packed, version }) => [slotId, productId, packed, version].join('.')).join();

/** One tap: « prêt », taken back, or a whole depot at once. */
export const marksForm = z.object({ deliveryId: id, marks });

/** A number that somebody typed. */
export const countForm = z.object({ deliveryId: id, slotId: id, productId: id, version: z.coerce.number().int().min(0), packed: count });

/** Who prepares what: `who-12` and `was-12` for product 12, `who-tout` for the whole tour. */
export const tasksForm = z.looseObject({ deliveryId: id });
export const who = z.string().trim().max(60, 'Soixante lettres au plus.');
