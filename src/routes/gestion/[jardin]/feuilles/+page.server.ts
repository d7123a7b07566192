import { deliveryDays } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { parseDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'preparation:read');
  const typed = event.url.searchParams.get('jour');
  const asked = typed ? parseDay(typed) : null;
  const found = asked ? await deliveryDays(actor, { on: asked }) : [];
  const near = asked && found.length === 0 ? asked : null;
  return {
    today,
    typed,
    asked,
    chosen: found[0] ?? null,
    nearest: near
      ? [...(await deliveryDays(actor, { before: near, days: 1 })), ...(await deliveryDays(actor, { from: near, days: 1 }))].map(
          (day) => day.date,
        )
      : [],
    coming: await deliveryDays(actor, { from: today, days: 6 }),
    opens: can(actor, 'logistics:read'),
  };
};
