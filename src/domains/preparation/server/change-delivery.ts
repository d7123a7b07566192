import { type Standing, whyNotChange } from '#domains/logistics/index.server.ts';
import { addDays, type Day, dayOfWeek, parseDay, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { otherWeeks } from '../rules/closing-weeks.ts';
import { fateChoices, fateOf } from '../rules/fates.ts';
import type { DeliveryForm } from '../schema.ts';
import type { DeliveryChange } from './calendar-changes.ts';
import { basketsIn, type Coming, type ComingDelivery, comingDeliveries } from './coming-deliveries.ts';

export type ChangingDelivery = ComingDelivery & {
  baskets: number;
  /** The days of its week on which it may still take place. */
  days: Day[];
  /** What may become of its baskets when it closes. */
  choices: { value: string; label: string }[];
  /** Why nothing changes it any more, or null. */
  refusal: string | null;
};

/** A delivery with what it may become (nothing, once it is past), or null when it does not exist. Three queries. */
export function changingDelivery(actor: Actor, id: number, today: Day): Promise<ChangingDelivery | null> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const coming = await comingDeliveries(tx, actor.gardenId, today, { also: id });
    const delivery = coming.deliveries.find((one) => one.id === id);
    if (!delivery) return null;
    const baskets = (await basketsIn(tx, actor.gardenId, [id])).get(id) ?? 0;
    return { ...delivery, baskets, ...mayBecome(delivery, baskets, coming) };
  });
}

function mayBecome(
  delivery: ComingDelivery,
  baskets: number,
  { deliveries, context }: Coming,
): Pick<ChangingDelivery, 'days' | 'choices' | 'refusal'> {
  const may = (wished: Standing) => whyNotChange(delivery, wished, context) === null;
  const monday = dayOfWeek(delivery, 1);
  return {
    days: [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days)).filter((date) => may({ date, closed: false })),
    choices: baskets > 0 ? fateChoices(otherWeeks(deliveries, delivery, [delivery.tourId])) : [],
    refusal: whyNotChange(delivery, { date: delivery.date, closed: !delivery.closed }, context),
  };
}

export type PlannedDelivery = { name: string; change: DeliveryChange };

/**
 * What a form about one delivery asks for, to be given to `changeDeliveries`. Refused when it cannot change so, or when it is not said what
 * becomes of its baskets. @returns null when it stands so already.
 */
export async function planDelivery(actor: Actor, id: number, form: DeliveryForm, today: Day): Promise<Outcome<PlannedDelivery | null>> {
  requireRight(actor, 'logistics:change');
  const { coming, baskets } = await inGarden(actor, async (tx) => ({
    coming: await comingDeliveries(tx, actor.gardenId, today, { also: id }),
    baskets: (await basketsIn(tx, actor.gardenId, [id])).get(id) ?? 0,
  }));
  const delivery = coming.deliveries.find((one) => one.id === id);
  if (!delivery) return refuse('Cette livraison n’existe plus.');
  const closed = form.what === 'closed';
  const date = closed ? delivery.date : parseDay(form.date);
  if (!date) return refuse('Choisissez un jour.', { date: 'À choisir.' });
  const why = whyNotChange(delivery, { date, closed }, coming.context);
  if (why) return closed ? refuse(why) : refuse('Ce jour ne convient pas.', { date: why });
  if (delivery.closed === closed && delivery.date === date && delivery.note === form.note) return done(null);
  if (closed && !delivery.closed && baskets > 0 && form.fate === '')
    return refuse('Dites ce que deviennent les paniers.', { fate: 'À choisir.' });
  const change: DeliveryChange = { id, version: form.version, date, closed, note: form.note, fate: closed ? fateOf(form.fate) : null };
  return done({ name: `${delivery.tour.code} : ${sayChange(delivery, { date, closed })}`, change });
}

function sayChange(delivery: ComingDelivery, wished: Standing): string {
  const usual = `livraison du ${sayDay(delivery.date)}`;
  if (wished.closed) return delivery.closed ? `remarque sur la ${usual}` : `${usual} fermée`;
  const moved = wished.date === delivery.date ? '' : ` au ${sayDay(wished.date)}`;
  if (delivery.closed) return `${usual} rouverte${moved && `, ${moved.trim()}`}`;
  return moved ? `${usual} déplacée${moved}` : `remarque sur la ${usual}`;
}
