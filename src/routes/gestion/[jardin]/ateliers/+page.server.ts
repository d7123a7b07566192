import { workshopList } from '#domains/workshops/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:read');
  const past = event.url.searchParams.get('vue') === 'passes';
  const found = await workshopList(actor, today);
  return {
    rows: past ? found.past : found.coming,
    past,
    counts: { coming: found.coming.length, past: found.past.length },
    mayChange: can(actor, 'workshops:change'),
  };
};
