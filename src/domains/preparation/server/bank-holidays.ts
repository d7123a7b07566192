import { bankHolidays, type HolidayQuestion, holidayQuestions, preparationDay } from '#domains/logistics/index.server.ts';
import { addDays, type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { otherWeeks } from '../rules/closing-weeks.ts';
import { fateChoices, fateOf, sayWeeks } from '../rules/fates.ts';
import type { DeliveryChange } from './calendar-changes.ts';
import { basketsIn, type Coming, type ComingDelivery, comingDeliveries } from './coming-deliveries.ts';

/** A delivery on a bank holiday, or prepared on one, to be decided about. */
export type UndecidedHoliday = HolidayQuestion<ComingDelivery>;
export type AskedHoliday = UndecidedHoliday & { baskets: number; choices: { value: string; label: string }[] };

/** A delivery about whose bank holiday something was decided. */
export type DecidedHoliday = Pick<ComingDelivery, 'id' | 'date' | 'usualDate' | 'closed' | 'holiday' | 'tour' | 'year'>;

export type Holidays = { asked: AskedHoliday[]; decided: DecidedHoliday[] };

/** What is to be decided up to a day, in order of date: for those who have to be warned. Two queries. */
export function undecidedHolidays(actor: Actor, until: Day, today: Day): Promise<UndecidedHoliday[]> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => questions(await comingDeliveries(tx, actor.gardenId, today, { until }), until, today));
}

async function questions({ deliveries, context, region }: Coming, until: Day, today: Day): Promise<UndecidedHoliday[]> {
  const near = deliveries.filter((delivery) => delivery.usualDate <= until);
  // A delivery is prepared up to six days before: a holiday of that time counts too.
  return holidayQuestions(near, await bankHolidays(addDays(today, -6), until, region), context);
}

/** Bank holidays to come, decided and not, with what may become of baskets. @param until the last day looked at. Three queries. */
export function holidaysToCome(actor: Actor, until: Day, today: Day): Promise<Holidays> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const coming = await comingDeliveries(tx, actor.gardenId, today);
    const found = await questions(coming, until, today);
    const held = await basketsIn(
      tx,
      actor.gardenId,
      found.map(({ delivery }) => delivery.id),
    );
    const asked = found.map((question) => {
      const { delivery } = question;
      const baskets = held.get(delivery.id) ?? 0;
      return { ...question, baskets, choices: baskets > 0 ? fateChoices(otherWeeks(coming.deliveries, delivery, [delivery.tourId])) : [] };
    });
    return { asked, decided: coming.deliveries.filter(({ usualDate, holiday }) => usualDate <= until && holiday !== '') };
  });
}

/** « same », « closed », a day, or « later ». */
export type HolidayChoice = { id: number; version: number; choice: string; fate: string };
export type PlannedHolidays = { name: string; changes: DeliveryChange[] };

/**
 * What choices about bank holidays ask for, to be given to `changeDeliveries`: each delivery apart, its holiday named so that it is asked once.
 * Choices about deliveries that are decided, frozen or gone since are carried along: the change itself says what became of them.
 */
export async function planHolidays(actor: Actor, choices: readonly HolidayChoice[], today: Day): Promise<Outcome<PlannedHolidays>> {
  requireRight(actor, 'logistics:change');
  const made = choices.filter(({ choice }) => choice !== 'later');
  if (made.length === 0) return refuse('Choisissez d’abord ce que vous faites d’au moins un jour férié.');
  const { coming, held } = await inGarden(actor, async (tx) => ({
    coming: await comingDeliveries(tx, actor.gardenId, today),
    held: await basketsIn(
      tx,
      actor.gardenId,
      made.map(({ id }) => id),
    ),
  }));
  const { deliveries, region } = coming;
  const last = deliveries.at(-1)?.usualDate ?? today;
  const named = new Map((await bankHolidays(addDays(today, -6), last, region)).map(({ day, name }) => [day, name]));
  const changes: DeliveryChange[] = [];
  const errors: Record<string, string> = {};
  const weeks = new Set<number>();
  const names = new Set<string>();
  for (const { id, version, choice, fate } of made) {
    const delivery = deliveries.find((one) => one.id === id);
    const holiday = delivery && (named.get(delivery.usualDate) ?? named.get(preparationDay(delivery.usualDate, delivery.tour)));
    if (!delivery || !holiday) return refuse('Une de ces livraisons est passée, ou n’existe plus. Rechargez la page.');
    names.add(holiday);
    weeks.add(delivery.week);
    if (choice === 'closed') {
      if ((held.get(id) ?? 0) > 0 && fate === '') errors[`fate-${id}`] = `Dites ce que deviennent les paniers de ${delivery.tour.code}.`;
      changes.push({ id, version, closed: true, holiday, note: delivery.note || holiday, fate: fateOf(fate) });
    } else {
      const date = choice === 'same' ? delivery.usualDate : choice;
      if (named.has(date) && choice !== 'same') errors[`choice-${id}`] = `Le ${sayDay(date)} est férié aussi.`;
      changes.push({ id, version, date, closed: false, holiday, fate: null });
    }
  }
  if (Object.keys(errors).length > 0) return refuse(Object.values(errors).join(' '), errors);
  return done({ name: `Jours fériés : ${[...names].join(', ')} (${sayWeeks([...weeks])})`, changes });
}
