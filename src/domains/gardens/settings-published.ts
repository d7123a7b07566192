import { z } from 'zod';

/** The parts of the « feuille de chou », in the order a garden starts with. */
export const newsletterBlocks = ['contents', 'news', 'recipe', 'dates', 'notice'] as const;
export type NewsletterBlock = (typeof newsletterBlocks)[number];

const text = (max: number) => z.string().trim().max(max);

/** What the page that goes with baskets says every week, and in which order. */
export const newsletterTemplate = z.object({
  title: text(60).min(1).default('La feuille de chou'),
  /** One sentence beneath the title. */
  intro: text(160).default(''),
  newsTitle: text(60).min(1).default('Des nouvelles du jardin'),
  noticeTitle: text(60).default('À rapporter'),
  notice: text(600).default('Pensez à rapporter vos sacs et vos cagettes : ils resservent chaque semaine. Merci !'),
  /** Shown parts, from top to bottom. */
  blocks: z.array(z.enum(newsletterBlocks)).default([...newsletterBlocks]),
  /** How many coming deliveries are told. */
  dates: z.coerce.number().int().min(1).max(10).default(4),
  footer: text(240).default(''),
});
export type NewsletterTemplate = z.output<typeof newsletterTemplate>;

/** What subscribers may know of a basket: its vegetables; how much of each; at which reference price too. */
export const publishDetails = ['names', 'weights', 'prices'] as const;
export type PublishDetail = (typeof publishDetails)[number];

export const publishedSettings = {
  publishDetail: z.enum(publishDetails).default('weights'),
  /** Hours before the delivery day begins from which subscribers may see what is in their basket. */
  publishHours: z.coerce.number().int().min(0).max(336).default(48),
  newsletter: newsletterTemplate.default(() => newsletterTemplate.parse({})),
};

/** The same, as a form may leave them out. */
export const publishedGiven = {
  publishDetail: publishedSettings.publishDetail.unwrap().optional(),
  publishHours: publishedSettings.publishHours.unwrap().optional(),
  newsletter: newsletterTemplate.optional(),
};
