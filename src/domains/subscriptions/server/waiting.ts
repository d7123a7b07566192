import { readSettings } from '#domains/gardens/settings.ts';
import { loadSlotOptions, type SlotOption } from '#domains/logistics/index.server.ts';
import { type PlanOnOffer, plansOnOffer } from '#domains/plans/index.server.ts';
import { addDays, type Day, weekOf } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type SaidAgreed, sayAgreed } from '../labels-subscribe.ts';
import { sayOverflows } from '../rules/capacity.ts';
import { isStanding } from '../rules/waiting.ts';
import { agreedDraft } from './agreed-draft.ts';
import { slotLoads } from './capacity.ts';
import { loadSeason } from './load.ts';
import { loadWaiting, missingRoom, type Waiting, type Wish } from './waiting-store.ts';

/** `full`: why there is no room, with the first full date; null when there is room now. */
export type WishedPlace = Wish & { full: string | null };
export type WaitingLine = Omit<Waiting, 'wishes'> & { wishes: WishedPlace[] };

/** Everybody who waits or to whom a place is offered, in order of arrival, with the wished places that have room now. At most eleven queries. */
export function waitingList(actor: Actor, today: Day): Promise<WaitingLine[]> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => withRoom(tx, await loadWaiting(tx, { standing: true }, today), today));
}

async function withRoom(tx: Tx, entries: Waiting[], today: Day): Promise<WaitingLine[]> {
  const slotIds = [...new Set(entries.flatMap((entry) => entry.wishes.map((wish) => wish.slotId)))];
  if (slotIds.length === 0) return entries.map((entry) => ({ ...entry, wishes: [] }));
  const season = await loadSeason(tx, weekOf(today).year);
  const bySlot = Map.groupBy(await slotLoads(tx, { today, slotIds }), (load) => load.slotId);
  return entries.map((entry) => ({
    ...entry,
    wishes: entry.wishes.map((wish) => ({
      ...wish,
      full: wish.archived ? 'Ce dépôt n’est plus servi.' : sayOverflows(missingRoom(entry, wish, season, bySlot.get(wish.slotId) ?? [])),
    })),
  }));
}

export type WaitingRecord = {
  entry: WaitingLine;
  /** Every slot in use: a place may be offered elsewhere than where it was wished. */
  slots: SlotOption[];
  /** Until when an offer made today would hold. */
  offerUntil: Day;
  /** A price that is agreed with this person, and what of it the place that is offered would have: told before it is taken. */
  agreed: SaidAgreed | null;
};

/** An entry with all that may be done about it, or null. */
export function waitingRecord(actor: Actor, id: number, today: Day): Promise<WaitingRecord | null> {
  requireRight(actor, 'subscriptions:read');
  return readInGarden(actor, async (tx) => {
    const [entry] = await withRoom(tx, await loadWaiting(tx, { id }, today), today);
    if (!entry) return null;
    const garden = await tx.selectFrom('garden').select('settings').where('id', '=', actor.gardenId).executeTakeFirstOrThrow();
    return {
      entry,
      slots: await loadSlotOptions(tx),
      offerUntil: addDays(today, readSettings(garden.settings).offerDays),
      agreed: await agreedPrice(tx, entry, today),
    };
  });
}

async function agreedPrice(tx: Tx, entry: WaitingLine, today: Day): Promise<SaidAgreed | null> {
  if (!entry.offered || !isStanding(entry.state)) return null;
  const { planId, frequency, quantity, basketCounts, wishedFrom } = entry;
  const wish = {
    planId,
    frequency,
    quantity,
    customerId: entry.customer.id,
    slotId: entry.offered.slotId,
    basketCount: basketCounts[0] ?? null,
  };
  const drafted = await agreedDraft(tx, { ...wish, startsOn: wishedFrom > today ? wishedFrom : null, endsOn: null }, today);
  return drafted.ok && drafted.value.agreed ? sayAgreed(drafted.value.agreed, drafted.value) : null;
}

export type WaitingChoices = {
  plans: Pick<PlanOnOffer, 'id' | 'name' | 'frequencies'>[];
  slots: SlotOption[];
  customer: Waiting['customer'] | null;
};

/** What a new entry may wish for, and whose it is. Null customer: none was chosen, or there is no such one. */
export function waitingChoices(actor: Actor, customerId: number | undefined, today: Day): Promise<WaitingChoices> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const row = customerId
      ? await tx
          .selectFrom('customer')
          .select(['id', 'number', 'last_name', 'first_name', 'phone', 'email', 'category'])
          .where('id', '=', customerId)
          .where('archived_at', 'is', null)
          .executeTakeFirst()
      : undefined;
    const plans = await plansOnOffer(tx, today);
    return {
      plans: plans.map(({ id, name, frequencies }) => ({ id, name, frequencies })),
      slots: await loadSlotOptions(tx),
      customer: row
        ? {
            id: row.id,
            number: row.number,
            name: `${row.last_name} ${row.first_name}`.trim(),
            called: `${row.first_name} ${row.last_name}`.trim(),
            phone: row.phone,
            email: row.email,
          }
        : null,
    };
  });
}
