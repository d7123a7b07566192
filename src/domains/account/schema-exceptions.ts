import { z } from 'zod';

const week = z.object({ year: z.number().int(), week: z.number().int().min(1).max(53) });

/** What a customer may wish for a basket, as `askFor` takes it: what is stored of an exception is read back through this. */
export const wishShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('postpone'), to: week }),
  z.object({ kind: z.literal('double'), quantity: z.number().int().min(1).max(20) }),
  z.object({ kind: z.literal('make_up'), quantity: z.number().int().min(1).max(20) }),
  z.object({ kind: z.literal('gift') }),
  z.object({ kind: z.literal('move'), slotId: z.number().int(), until: week.nullable() }),
]);
export type OwnWish = z.infer<typeof wishShape>;
