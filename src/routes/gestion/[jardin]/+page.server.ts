import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { addPostIt, deskAlerts, gardenSteps, postIts, tickPostIt } from '#domains/desk/index.server.ts';
import { forToday } from '#domains/desk/rules/post-its.ts';
import { postItChosen, postItForm } from '#domains/desk/schema.ts';
import { listBatches } from '#domains/imports/index.server.ts';
import { undecidedHolidays } from '#domains/preparation/index.server.ts';
import { moneyGlance } from '#domains/receivables/index.server.ts';
import { gardenWeek, renewalAlert } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { addDays } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event);
  const [imports, notes, steps, money] = await Promise.all([
    can(actor, 'imports:read') ? listBatches(actor, { limit: 1 }) : null,
    postIts(actor),
    gardenSteps(actor),
    can(actor, 'billing:read') ? moneyGlance(actor, today) : null,
  ]);
  const last = imports?.rows[0];
  return {
    base: `/gestion/${garden.slug}`,
    today,
    notes: forToday(notes, today),
    key: randomUUID(),
    steps: {
      ...{ done: steps.done, left: steps.left, of: steps.steps.length },
      /** Files may bring it all in at once. */
      toImport: steps.steps.some(({ key, done, mine }) => key === 'customers' && !done && mine),
    },
    alerts: await deskAlerts(actor, today, money),
    week: can(actor, 'logistics:read') ? await gardenWeek(actor, today) : null,
    // Bank holidays about which nothing is decided, eight weeks ahead.
    holidays: can(actor, 'logistics:change') ? await undecidedHolidays(actor, addDays(today, 56), today) : [],
    renewal: can(actor, 'subscriptions:read') ? await renewalAlert(actor, today) : null,
    money,
    // Lines of the last import that were refused and not brought in since.
    rejected: last && last.state === 'applied' && last.rejected > 0 ? { batchId: last.id, lines: last.rejected } : null,
    may: {
      print: can(actor, 'preparation:read'),
      customers: can(actor, 'customers:read'),
      logistics: can(actor, 'logistics:change'),
    },
  };
};

export const actions = {
  noter: async (event) => {
    const { actor } = enter(event);
    const failed = await readAnd(event, postItForm, ({ key, ...values }) => addPostIt(actor, key, values));
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est noté.');
    redirect(303, event.url.pathname);
  },
  fait: async (event) => {
    const { actor } = enter(event);
    const failed = await readAnd(event, postItChosen, ({ id }) => tickPostIt(actor, id, true));
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est fait. Vous le retrouvez quinze jours parmi les post-its faits.');
    redirect(303, event.url.pathname);
  },
};
