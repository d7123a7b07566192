import { error } from '@sveltejs/kit';
import { logisticsHistory } from '#domains/logistics/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'logistics:read');
  return (await logisticsHistory(actor, 'depot', idIn(event.params.id))) ?? error(404, { message: 'Cette page n’existe pas.' });
};
