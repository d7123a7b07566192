import { accountMonth } from '#domains/account/index.server.ts';
import { addMonths, monthIn, monthOf } from '#domains/account/rules/baskets-month.ts';
import { enterOwn } from '#edge/enter-own.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const month = monthIn(event.url.searchParams.get('mois')) ?? monthOf(today);
  const found = await accountMonth(own, month, today);
  // One year back, and as far as baskets are planned.
  const [first, last] = [addMonths(monthOf(today), -12), monthOf(found.until)];
  const before = month > first ? addMonths(month, -1) : null;
  const after = month < last ? addMonths(month, 1) : null;
  return { today, month, before, after, ...found };
};
