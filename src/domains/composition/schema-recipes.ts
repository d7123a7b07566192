import { z } from 'zod';

/** What the forms of recipes may send. */

const text = (max: number) => z.string().trim().max(max);
const lines = (max: number) => text(max).transform((typed) => typed.replaceAll('\r\n', '\n'));
const wholeOrNothing = (most: number) =>
  z
    .string()
    .trim()
    .default('')
    .transform((typed, context) => {
      if (typed === '') return null;
      const number = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
      if (number >= 1 && number <= most) return number;
      context.addIssue({ code: 'custom', message: `Écrivez un nombre entier entre 1 et ${most}, ou laissez vide.` });
      return z.NEVER;
    });
const version = z.coerce.number().int().positive();

const fields = {
  name: text(120).min(1),
  servings: wholeOrNothing(100),
  minutes: wholeOrNothing(1000),
  ingredients: lines(3000).default(''),
  body: lines(8000).pipe(z.string().min(1)),
  produceIds: z.array(z.coerce.number().int().positive()).default([]),
};
export const newRecipeForm = z.object(fields);
export const recipeForm = newRecipeForm.extend({ version });
/** What a recipe says. Without vegetables named, those that its ingredients name are taken. */
export type RecipeValues = z.output<typeof newRecipeForm>;
export const sharedToCopy = z.object({ shared: z.coerce.number().int().positive() });
