import { z } from 'zod';
import { closeTill } from '#domains/accounting/index.server.ts';
import { advanceRun, carryUndoOn } from '#domains/billing/index.server.ts';
import { remindBaskets } from '#domains/composition/index.server.ts';
import { forgetOldDonors, giveReceiptsAtOnce, settleGifts, settleOnlineGift } from '#domains/giving/index.server.ts';
import { deliverMessage, letGoOfFiles } from '#domains/messages/index.server.ts';
import { checkLater, notifyOfTest } from '#domains/online/index.server.ts';
import { forgetOldSignups } from '#domains/signup/index.server.ts';
import { tellNetworkOfAll } from '#domains/site/index.server.ts';
import { forgetOldHelp, holdTerms, settleGarden, tellTerms } from '#domains/solidarity/index.server.ts';
import { tellEndings } from '#domains/subscriptions/index.server.ts';
import { forgetGuests, remindWorkshops } from '#domains/workshops/index.server.ts';
import { addDays } from '#kernel/day.ts';
import { systemActor } from '#platform/access/actor.ts';
import { now, today } from '#platform/clock.ts';
import { type DailyStep, dailyTasks } from '#platform/jobs/daily.ts';
import type { Tasks } from '#platform/jobs/worker.ts';
import { log } from '#platform/log.ts';

const run = z.object({ garden: z.number(), run: z.number() });
const onlinePayment = z.object({ garden: z.number(), payment: z.number() });
const onlineTest = z.object({ garden: z.number(), session: z.string(), event: z.string() });
const letter = z.object({ garden: z.number(), message: z.number() });

/**
 * What is done for each garden every night, at four o'clock in France, in this order. Each step may be asked again on the same day: what was done is not
 * done twice. One that fails keeps neither the others nor other gardens from theirs, and is tried again.
 */
export const dailySteps: readonly DailyStep[] = [
  {
    // The tills of days that ended, as `cocagne close --till` does.
    name: 'till',
    perform: async (actor, day) => {
      const closed = await closeTill(actor, addDays(day, -1), day);
      if (!closed.ok) throw new Error(closed.reason);
    },
  },
  // Letters that nobody's action causes: each garden asks for them, or not. They leave at eight o'clock.
  { name: 'basket reminders', perform: (actor, day) => remindBaskets(actor, day, now()) },
  { name: 'endings', perform: tellEndings },
  { name: 'workshop reminders', perform: remindWorkshops },
  { name: 'old attachments', perform: letGoOfFiles },
  // A help that ends is told before; a full price never comes unannounced; and what is no longer needed of people is erased.
  { name: 'terms of help', perform: tellTerms },
  { name: 'after a term', perform: holdTerms },
  { name: 'old help', perform: forgetOldHelp },
  // Who stopped signing up on the way is forgotten.
  { name: 'old sign-ups', perform: forgetOldSignups },
  { name: 'old guests of workshops', perform: forgetGuests },
  // Who pays what of the baskets received, before gifts are told how much of them was used.
  { name: 'solidarity', perform: settleGarden },
  // What invoices, payments online and months that pass tell of gifts; then the receipts of those who want one after each gift.
  { name: 'gifts', perform: settleGifts },
  { name: 'receipts', perform: giveReceiptsAtOnce },
  { name: 'old donors', perform: forgetOldDonors },
];

/** What the queue does for domains. Each may be asked twice, or again after an interruption: what was done is not done again. */
export const jobs: Tasks = {
  ...dailyTasks(dailySteps),
  deliver_message: async (payload) => {
    const asked = letter.parse(payload);
    await deliverMessage(asked.garden, asked.message);
  },
  /** What the network's map says of each garden: places left change with every sign-up. */
  quarter_hour: async () => {
    const failures = await tellNetworkOfAll(today(), (garden, err) =>
      log.error({ part: 'map', garden, err }, 'A garden could not be told to the network'),
    );
    if (failures > 0) throw new Error(`Failed: ${failures}`);
  },
  online_check: async (payload) => {
    const asked = onlinePayment.parse(payload);
    await checkLater(asked.garden, asked.payment, today());
  },
  /** Something is known of a payment: what it is about is told. */
  online_settled: async (payload) => {
    const asked = onlinePayment.parse(payload);
    await settleOnlineGift(asked.garden, asked.payment, today());
  },
  online_test_notice: async (payload) => {
    const { garden, session, event } = onlineTest.parse(payload);
    await notifyOfTest(garden, session, event);
  },
  billing_run: async (payload) => {
    const asked = run.parse(payload);
    const actor = systemActor(asked.garden);
    await advanceRun(actor, asked.run);
    await carryUndoOn(actor, asked.run, today());
  },
};
