import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';
import { blanks, unknownBlanks } from './rules/fill.ts';

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .transform((value) => value.replace(/\r\n?/g, '\n'))
    .superRefine((value, context) => {
      const unknown = unknownBlanks(value);
      if (unknown.length === 0) return;
      const said = unknown.map((name) => `{${name}}`).join(', ');
      const known = Object.keys(blanks)
        .map((name) => `{${name}}`)
        .join(' ');
      context.addIssue({ code: 'custom', message: `${said} : ce mot entre accolades n’existe pas. Ceux qui existent : ${known}` });
    });

/** A step of reminding, as its form sends it. */
export const stepForm = z.object({
  name: z.string().trim().min(1).max(60),
  daysLate: z.coerce.number().int().min(1).max(365),
  way: z.enum(['mail', 'letter', 'call']),
  subject: text(150),
  body: text(4000),
  version: z.coerce.number().int().default(0),
});
export type StepValues = Omit<z.output<typeof stepForm>, 'version'>;

const day = z
  .string()
  .trim()
  .transform((value, context) => {
    const found = parseDay(value);
    if (found) return found;
    context.addIssue({ code: 'custom', message: value === '' ? 'À remplir.' : 'Cette date n’existe pas. Exemple : 01/01/2026' });
    return z.NEVER;
  });
const dayOrNone = z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), day.nullable()).default(null);

/** « customer.step.since » for each reminder ticked: what was seen when it was. */
const chosen = z.string().transform((value, context) => {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{4}-\d{2}-\d{2})$/.exec(value);
  if (match) return { customerId: Number(match[1]), stepId: Number(match[2]), since: match[3]! };
  context.addIssue({ code: 'custom', message: 'Ce choix n’est plus proposé.' });
  return z.NEVER;
});

export const remindersForm = z.object({
  qui: z
    .array(chosen)
    .max(2000)
    .default([])
    .refine((all) => all.length > 0, 'Cochez au moins une personne.'),
});
export type Chosen = z.output<typeof chosen>;
export const sayChosen = ({ customerId, stepId, since }: Chosen): string => `${customerId}.${stepId}.${since}`;

export const batchForm = z.object({ id: z.coerce.number().int().positive() });

/** Baskets of a customer are packed all the same until that day; none: not any more. */
export const allowanceForm = z.object({ jusquau: dayOrNone });

/** What is decided of a payment that the bank refused. */
export const decisionForm = z.object({
  paiement: z.coerce.number().int().positive(),
  decision: z.enum(['again', 'otherwise', 'wait', 'closed']),
  jusquau: dayOrNone,
  note: z.string().trim().max(500).default(''),
  version: z.coerce.number().int().default(0),
});
export type DecisionValues = z.output<typeof decisionForm>;
