import { harvestByCrew } from '#domains/composition/index.server.ts';
import { crewLists } from '#domains/composition/rules/lists.ts';
import { enter } from '#edge/enter.ts';
import { dayIn } from '../day.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const day = dayIn(event);
  const { products, needs, rows, crews } = await harvestByCrew(actor, day);
  return { day, products, lists: crewLists(needs, rows, crews), crews: crews.length, composed: needs.length > 0 };
};
