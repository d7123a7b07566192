import { deliveryDays, undecidedHolidays } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const coming = await deliveryDays(actor, { from: today, days: 6 });
  const asked = await undecidedHolidays(actor, coming.at(-1)?.date ?? today, today);
  return {
    coming,
    // Deliveries on a bank holiday about which nothing is decided.
    undecided: Object.fromEntries(asked.map(({ delivery, holiday }) => [delivery.id, holiday.name])),
    past: await deliveryDays(actor, { before: today, days: 2 }),
    today,
    prints: can(actor, 'preparation:read'),
  };
};
