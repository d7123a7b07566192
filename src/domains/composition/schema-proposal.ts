import { z } from 'zod';
import { basketCategories, type ProposalCriteria, type SizeCriteria } from '#domains/gardens/settings-proposal.ts';
import { parseQuantity } from '#kernel/quantity.ts';
import type { Lock } from './rules/proposal/day.ts';

/** What the form of a proposal may send: fields of each basket product carry its number, `kindsLeast_12`. */
export const proposalForm = (productIds: readonly number[]) =>
  z.looseObject({
    lock: z.array(z.string()).default([]),
    proposal: z.string().max(500_000).default(''),
    ...Object.fromEntries(productIds.map((id) => [`categories_${id}`, z.array(z.string()).default([])])),
  });

type Typed = Record<string, unknown>;
const text = (typed: Typed, name: string): string => (typeof typed[name] === 'string' ? typed[name].trim() : '');
const isTicked = (typed: Typed, name: string): boolean => text(typed, name) === 'on';

/** The criteria, with an error in French for each field that cannot be. Products that are left out keep what was asked of them before. */
export function readCriteria(typed: Typed, before: ProposalCriteria): { criteria: ProposalCriteria; errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const whole = (name: string, least: number, most: number, otherwise: number): number => {
    const given = text(typed, name);
    const value = /^\d{1,3}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    errors[name] = `Écrivez un nombre entre ${least} et ${most}.`;
    return otherwise;
  };
  const weight = (name: string): number | null => {
    const given = text(typed, name).replace(/kg$/i, '');
    const grams = parseQuantity(given);
    if (given === '') return null;
    if (grams !== null && grams >= 1 && grams <= 50_000) return grams;
    errors[name] = `« ${given.slice(0, 20)} » n’est pas un poids. Écrivez par exemple 4,5, en kilos.`;
    return null;
  };
  const size = (id: string, known: SizeCriteria): SizeCriteria => {
    if (!isTicked(typed, `included_${id}`)) return { ...known, included: false };
    const [kindsLeast, kindsMost] = [whole(`kindsLeast_${id}`, 1, 40, known.kindsLeast), whole(`kindsMost_${id}`, 1, 40, known.kindsMost)];
    const [weightLeast, weightMost] = [weight(`weightLeast_${id}`), weight(`weightMost_${id}`)];
    if (kindsLeast > kindsMost) errors[`kindsMost_${id}`] ??= `Au moins ${kindsLeast}, comme à côté.`;
    if (weightLeast !== null && weightMost !== null && weightLeast > weightMost)
      errors[`weightMost_${id}`] ??= 'Le poids le plus grand est plus petit que l’autre.';
    const ticked = typed[`categories_${id}`];
    const categories = basketCategories.filter((category) => Array.isArray(ticked) && ticked.includes(category));
    return { included: true, kindsLeast, kindsMost, weightLeast, weightMost, categories };
  };
  const criteria = {
    familyMost: whole('familyMost', 1, 20, before.familyMost),
    weeks: whole('weeks', 0, 8, before.weeks),
    perTour: isTicked(typed, 'perTour'),
    sizes: Object.fromEntries(Object.entries(before.sizes).map(([id, known]) => [id, size(id, known)])),
  };
  return { criteria, errors };
}

/** Tour (0: the whole day), basket product, produce, quantity: « 0:12:5:500 ». */
export const lockText = ({ tourId, productId, produceId, quantity }: Lock): string =>
  [tourId ?? 0, productId, produceId, quantity].join(':');

/** What cannot be read is not locked. */
export const readLocks = (texts: readonly string[]): Lock[] =>
  texts.flatMap((one) => {
    const [, tourId, productId, produceId, quantity] = /^(\d{1,12}):(\d{1,12}):(\d{1,12}):([1-9]\d{0,8})$/.exec(one) ?? [];
    return tourId === undefined
      ? []
      : [{ tourId: Number(tourId) || null, productId: Number(productId), produceId: Number(produceId), quantity: Number(quantity) }];
  });

const id = z.number().int().positive();
const line = z.object({ produceId: id, quantity: z.number().int().min(1).max(999_999_999) });
/** A proposal on its way back, as the page wrote it. */
const returned = z.object({
  tours: z
    .array(z.object({ tourId: id.nullable(), sizes: z.array(z.object({ productId: id, lines: z.array(line).max(60) })).max(60) }))
    .max(60),
  stored: z.array(z.object({ id, version: z.number().int() })).max(2000),
});
export type ReturnedProposal = z.output<typeof returned>;

/** The proposal that a form sends back; null when it is not one. */
export function readProposal(sent: string): ReturnedProposal | null {
  try {
    return returned.parse(JSON.parse(sent));
  } catch {
    return null;
  }
}

/** What is asked of a forbidden pair. */
export const pairForm = z.object({ produceId: z.coerce.number().int().positive(), otherId: z.coerce.number().int().positive() });
export const pairToRemove = z.object({ pair: z.coerce.number().int().positive() });
