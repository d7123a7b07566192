import { volunteers } from '#domains/account/index.server.ts';
import { type Task, tasks } from '#domains/account/labels-baskets.ts';
import { enter } from '#edge/enter.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'customers:read');
  const asked = event.url.searchParams.get('pour');
  const task = tasks.find((one) => one === asked) ?? null;
  return { base: `/gestion/${garden.slug}`, task: task as Task | null, people: await volunteers(actor, task) };
};
