import { addPair, harvestDay, harvestDays, saveAvailability } from '#domains/composition/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { chance } from './random.ts';

/** Kinds that the fields give at once; what is told of each goes from « for everybody » to « for a few ». */
const KINDS = 18;

/**
 * The first delivery to come of which nothing is said yet: a field's worth of everything in season, so that there is something to propose from;
 * and two that nobody wants in one basket.
 */
export async function prepareProposal(actor: Actor, today: Day): Promise<void> {
  const days = await harvestDays(actor, { from: addDays(today, 1), days: 8 });
  const day = days.find(({ available, composed, baskets }) => available === 0 && composed === 0 && baskets > 0)?.date;
  if (!day) return;
  const { rows, products } = await harvestDay(actor, day);
  const luck = chance(actor.gardenId * 104_729);
  const month = Number(day.slice(5, 7));
  const season = rows.filter(
    ({ months, unitPrice, archived }) => !archived && unitPrice !== null && (months.length === 0 || months.includes(month)),
  );
  const baskets = products.reduce((sum, product) => sum + product.baskets, 0);
  const told = season.filter((_, at) => at % Math.ceil(season.length / KINDS) === 0 || season.length <= KINDS);
  const each = ({ unit, unitPrice }: (typeof told)[number]) =>
    unit === 'kg' ? Math.min(700, Math.round(16_000_000 / Math.max(1, unitPrice!))) : 1000;
  const basic = Math.max(
    0,
    told.findIndex(({ name }) => /^(Carotte|Pomme de terre)/.test(name)),
  );
  const available = told.map((row, at) => ({
    ...{ produceId: row.produceId, version: row.version, useUp: at % 7 === 3 && at !== basic, mustHave: at === basic },
    available: Math.ceil((baskets * each(row) * (at === basic ? 1.4 : luck.pick([0.4, 0.8, 1.1, 1.4]))) / 1000) * 1000,
  }));
  expect(await saveAvailability(actor, day, available));
  const [one, other] = [told.at(1), told.at(-1)];
  if (one && other && one !== other) expect(await addPair(actor, one.produceId, other.produceId));
}

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}
