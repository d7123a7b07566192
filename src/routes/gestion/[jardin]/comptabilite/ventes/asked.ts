import { type Axis, axes } from '#domains/accounting/rules/sales.ts';

/** By what sales are told: `?par=depot`; by product otherwise. */
const words: Record<string, Axis> = { produit: 'product', activite: 'activity', tournee: 'tour', depot: 'depot', mois: 'month' };
export const axisWords = axes.map((axis) => ({ axis, value: Object.keys(words).find((word) => words[word] === axis)! }));
export const axisAsked = (params: URLSearchParams): Axis => words[params.get('par') ?? ''] ?? 'product';
