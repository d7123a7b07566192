import { z } from 'zod';
import { decisionLabels, type OutcomeDecision } from '#domains/subscriptions/labels-outcome.ts';

/** The heaviest photo that is taken, in bytes. A telephone that has JavaScript sends a tenth of it. */
export const heaviestPhoto = 8_000_000;

const key = z.uuid({ error: 'Rechargez la page, puis recommencez.' });
const slot = z.coerce.number().int().positive();
const text = (most: number) => z.string().trim().max(most).default('');
/** A photo that was left out is sent as an empty file. */
const photo = z
  .instanceof(File)
  .optional()
  .transform((file) => (file && file.size > 0 ? file : null));

/** What a driver says of a stop. `said`: by the clock of the telephone, when it may arrive later. */
export const markForm = z.object({
  kind: z.enum(['done', 'problem', 'undo']),
  slot,
  key,
  said: z.iso.datetime().optional(),
  note: text(1000),
  photo,
});

const quantity = z.coerce.number({ error: 'Écrivez un nombre.' }).int().min(1).max(99);

/** What became of a basket. `version`: 0 when nothing was noted of it yet. */
export const outcomeForm = z.object({
  subscription: z.coerce.number().int().positive(),
  kind: z.enum(['missing', 'refused', 'spoiled', 'unclaimed'], { error: 'Dites ce qui est arrivé.' }),
  quantity: quantity.default(1),
  remedy: z.enum(['nothing', 'credit', 'make_up'], { error: 'À choisir.' }).transform((remedy) => (remedy === 'nothing' ? null : remedy)),
  decision: z.enum(['', ...(Object.keys(decisionLabels) as Exclude<OutcomeDecision, ''>[])]).default(''),
  note: text(300),
  version: z.coerce.number().int().min(0).default(0),
});
export type OutcomeForm = z.output<typeof outcomeForm>;

export const removeForm = z.object({ id: z.coerce.number().int().positive(), version: z.coerce.number().int().positive() });
export const deliveredForm = z.object({ seen: z.string().max(10_000).default('') });
