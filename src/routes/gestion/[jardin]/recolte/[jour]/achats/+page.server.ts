import { harvestBySupplier } from '#domains/composition/index.server.ts';
import { purchaseLists } from '#domains/composition/rules/lists.ts';
import { orderLetter } from '#domains/composition/rules/purchases.ts';
import { enter } from '#edge/enter.ts';
import { sayDayAndYear } from '#kernel/day.ts';
import { dayIn } from '../day.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'composition:read');
  const day = dayIn(event);
  const { products, needs, rows, suppliers } = await harvestBySupplier(actor, day);
  const lists = purchaseLists(needs, rows, suppliers).map((list) => ({
    ...list,
    letter: orderLetter(garden.name, sayDayAndYear(day), list.lines),
  }));
  return { day, products, lists, composed: needs.length > 0 };
};
