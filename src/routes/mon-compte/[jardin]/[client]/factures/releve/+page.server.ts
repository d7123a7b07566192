import { error } from '@sveltejs/kit';
import { ownStatement } from '#domains/account/index.server.ts';
import { statementAsked } from '#domains/billing/schema-charges.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { readAsked } from '#edge/forms.ts';

/** `?du=2025-10-01&au=2025-10-31`; left out: a year at most. A day that does not exist is told beside its field. */
export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const asked = readAsked(event.url.searchParams, statementAsked);
  const days = asked.ok ? asked.value : { du: null, au: null };
  const wrong = days.du && days.au && days.au < days.du ? { au: 'La fin vient avant le début.' } : null;
  const told = await ownStatement(own, wrong ? {} : { from: days.du, until: days.au }, today);
  if (!told) error(404, 'Ce compte n’existe plus.');
  const values = { du: event.url.searchParams.get('du') ?? told.from, au: event.url.searchParams.get('au') ?? told.until };
  const errors: Record<string, string> = asked.ok ? (wrong ?? {}) : asked.failure.data.errors;
  const { opening, closing, periods, ahead, from, until } = told;
  return { opening, closing, periods, ahead, from, until, asked: { values, errors } };
};
