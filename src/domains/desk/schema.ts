import { z } from 'zod';
import { parseDay } from '#kernel/day.ts';

/** A day, or none: « quand vous pourrez ». */
const dayOrNone = z
  .string()
  .trim()
  .default('')
  .transform((typed, context) => {
    if (typed === '') return null;
    const read = parseDay(typed);
    if (read) return read;
    context.addIssue({ code: 'custom', message: 'Cette date n’existe pas. Exemple : 22/10/2025' });
    return z.NEVER;
  });

const common = {
  text: z.string().trim().min(1, 'Écrivez quelques mots.').max(280),
  due: dayOrNone,
  shared: z.enum(['oui', 'non']).default('oui'),
};
export const postItForm = z.object({ key: z.string().regex(/^[\w-]{8,64}$/), ...common });
export type PostItValues = Omit<z.output<typeof postItForm>, 'key'>;
export const postItChange = z.object({ version: z.coerce.number().int().min(0), ...common });
export const postItChosen = z.object({ id: z.coerce.number().int().min(1) });
