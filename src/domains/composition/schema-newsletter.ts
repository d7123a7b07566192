import { z } from 'zod';
import { type NewsletterBlock, newsletterBlocks, newsletterTemplate } from '#domains/gardens/settings-published.ts';

/** What the forms of the « feuille de chou » may send. */

const idOrNothing = z.preprocess(
  (value) => (value === '' || value === undefined ? null : value),
  z.coerce.number().int().positive().nullable(),
);

export const newsletterForm = z.object({
  version: z.coerce.number().int().min(0),
  title: z.string().trim().max(80).default(''),
  news: z
    .string()
    .trim()
    .max(12_000)
    .default('')
    .transform((typed) => typed.replaceAll('\r\n', '\n')),
  recipeId: idOrNothing,
});
export type NewsletterValues = Omit<z.output<typeof newsletterForm>, 'version'>;

/** Where each part stands: 1 to 5 from the top, or nowhere. */
const place = z.enum(['', '1', '2', '3', '4', '5']).default('');
const places = Object.fromEntries(newsletterBlocks.map((block) => [`place_${block}`, place])) as Record<
  `place_${NewsletterBlock}`,
  typeof place
>;
const { blocks: _, ...texts } = newsletterTemplate.shape;

export const templateForm = z.object({
  /** The template as it was read, to tell whether somebody else has changed it. */
  base: z.string().max(5000),
  title: texts.title.unwrap(),
  intro: texts.intro,
  newsTitle: texts.newsTitle.unwrap(),
  noticeTitle: texts.noticeTitle.unwrap().default(''),
  notice: texts.notice
    .unwrap()
    .default('')
    .transform((typed) => typed.replaceAll('\r\n', '\n')),
  dates: texts.dates.unwrap(),
  footer: texts.footer,
  ...places,
});
export type TemplateForm = z.output<typeof templateForm>;

/** The parts in the order asked for; two for one place stand in the order of the list. */
export const blocksIn = (form: Pick<TemplateForm, `place_${NewsletterBlock}`>): NewsletterBlock[] =>
  newsletterBlocks
    .filter((block) => form[`place_${block}`] !== '')
    .toSorted((a, b) => Number(form[`place_${a}`]) - Number(form[`place_${b}`]));
