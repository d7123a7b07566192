import { sayDayAndYear } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { ChangesSheet, ChangesTour } from '../documents/changes-model.ts';
import { alphabetically } from '../documents/names.ts';
import { changeWords, tellCounts } from '../labels.ts';
import { type SheetNames, sheetName } from '../rules/sheet-name.ts';
import { type DeliveryChanges, dayChanges } from './changes.ts';
import { type DaySheetAsked, daySheet } from './day-sheet.ts';

/** What the sheet of changes of a day prints. Refused, in French, when no delivery takes place that day, or not the one of the tour. */
export async function changesSheet(actor: Actor, asked: DaySheetAsked): Promise<Outcome<ChangesSheet>> {
  requireRight(actor, 'preparation:read');
  const { garden, sheetNames, deliveries } = await dayChanges(actor, asked.date);
  const wanted = asked.tour ? deliveries.filter(({ delivery }) => delivery.tour.code === asked.tour) : deliveries;
  if (wanted.length === 0) {
    // The other sheets know the nearest days, and say so.
    const refused = await daySheet(actor, asked);
    return refused.ok ? refuse(`Aucune livraison n’a lieu le ${sayDayAndYear(asked.date)}.`) : refused;
  }
  return done({ garden, date: asked.date, editedOn: asked.today, tours: wanted.map((one) => tourOf(one, sheetNames)) });
}

const tourOf = ({ delivery, previous, baskets, counts, stops }: DeliveryChanges, names: SheetNames): ChangesTour => ({
  code: delivery.tour.code,
  name: delivery.tour.name,
  color: delivery.tour.color,
  week: delivery.week,
  previous: previous && { date: previous.date, baskets: previous.baskets },
  baskets,
  counts: tellCounts(counts),
  stops: stops.map((stop) => ({
    order: stop.order,
    depotName: stop.depotName,
    baskets: stop.baskets,
    lines: alphabetically(
      stop.lines.map(({ kinds, what, more, ...person }) => ({
        name: sheetName(person, names),
        words: kinds.map((kind) => changeWords[kind]).join(', '),
        what,
        more,
      })),
    ),
  })),
});
