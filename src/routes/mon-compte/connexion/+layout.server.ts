import { enterAsPerson } from '#edge/enter.ts';
import { helpOf } from '#edge/help.ts';
import { recordsOf } from '#platform/auth/at-home.ts';
import type { LayoutServerLoadEvent } from './$types';

export const load = async (event: LayoutServerLoadEvent) => {
  const { id, name, email } = enterAsPerson(event);
  const { gardens, networkStaff } = event.locals;
  const buys = (await recordsOf(id)).length > 0;
  return {
    person: { name, email },
    gardens,
    works: gardens.length > 0 || networkStaff,
    buys,
    path: event.url.pathname,
    help: helpOf(event.route.id),
  };
};
