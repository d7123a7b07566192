import { listBatches } from '#domains/imports/index.server.ts';
import { undecidedHolidays } from '#domains/preparation/index.server.ts';
import { moneyGlance } from '#domains/receivables/index.server.ts';
import { gardenWeek, renewalAlert } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { onServer } from '#edge/on-server.ts';
import { addDays } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event);
  const imports = can(actor, 'imports:read') ? await listBatches(actor, { limit: 1 }) : null;
  const last = imports?.rows[0];
  return onServer({
    base: `/gestion/${garden.slug}`,
    today,
    week: can(actor, 'logistics:read') ? await gardenWeek(actor, today) : null,
    // Bank holidays about which nothing is decided, eight weeks ahead.
    holidays: can(actor, 'logistics:change') ? await undecidedHolidays(actor, addDays(today, 56), today) : [],
    renewal: can(actor, 'subscriptions:read') ? await renewalAlert(actor, today) : null,
    money: can(actor, 'billing:read') ? await moneyGlance(actor, today) : null,
    // Lines of the last import that were refused and not brought in since.
    rejected: last && last.state === 'applied' && last.rejected > 0 ? { batchId: last.id, lines: last.rejected } : null,
    may: {
      print: can(actor, 'preparation:read'),
      import: can(actor, 'imports:change'),
      customers: can(actor, 'customers:read'),
      logistics: can(actor, 'logistics:change'),
    },
  });
};
