import { sql } from 'kysely';
import { type NetworkActor, requireNetwork } from '#domains/network/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { database, type Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { banded, type ToldGroup, told } from '../rules/evidence.ts';
import { daysOf, type Quarter } from '../rules/quarter.ts';
import { figuresOf, partOf } from '../rules/report.ts';
import { helpedBaskets } from './helped.ts';

/** Figures of the network's programme: null when fewer than five people were helped. */
export type ProgrammeFigures = {
  people: number | null;
  baskets: number | null;
  cents: Cents | null;
  national: Cents | null;
  person: Cents | null;
  grams: number | null;
  /** Baskets that the weight is of. */
  weighed: number | null;
  households: ToldGroup[];
};
export type SentFigures = Quarter & ProgrammeFigures & { sentOn: Day };

/** What a garden would tell of a quarter: baskets that a national programme pays a part of, as counts that name nobody. Four queries. */
async function figuresFor(tx: Tx, quarter: Quarter): Promise<ProgrammeFigures> {
  const { rows: national } = await sql<{ id: number }>`select id from funder where garden_id = app_garden() and kind = 'national'`.execute(
    tx,
  );
  const paidBy = national.map(({ id }) => id);
  const baskets = (await helpedBaskets(tx, daysOf(quarter))).filter((one) => paidBy.some((id) => partOf(one, id) > 0));
  const { rows: sizes } = await sql<{ household: number | null; people: number }>`
    select max(household) as household, 1 as people from path
    where garden_id = app_garden() and id = any(${[...new Set(baskets.map(({ path }) => path))]}::bigint[]) group by customer_id`.execute(
    tx,
  );
  const { total: people, groups } = told(banded(sizes));
  const nothing = { people, baskets: null, cents: null, national: null, person: null, grams: null, weighed: null, households: [] };
  if (people === null) return nothing;
  const figures = figuresOf(baskets);
  const sum = (funder: number | null) => baskets.reduce((all, one) => all + partOf(one, funder), 0);
  return {
    ...{ people, baskets: figures.baskets, cents: figures.cents, households: groups },
    ...{ national: paidBy.reduce((all, id) => all + sum(id), 0), person: sum(null) },
    ...{ grams: Math.round(figures.grams), weighed: figures.weighed + figures.partly },
  };
}

/** What would be sent of a quarter, and what was sent so far, the latest first. Five queries. */
export function programmeFigures(actor: Actor, quarter: Quarter): Promise<{ figures: ProgrammeFigures; sent: SentFigures[] }> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const figures = await figuresFor(tx, quarter);
    const { rows } = await sql<
      SentFigures & { garden: number }
    >`${stored} where garden_id = app_garden() order by year desc, quarter desc limit 40`.execute(tx);
    return { figures, sent: rows.map(({ garden: _, ...row }) => row) };
  });
}

const stored = sql`
  select garden_id as garden, year, quarter, people, baskets, cents, national_cents as national, person_cents as person, grams, weighed, households, sent_on as "sentOn"
  from programme_figure`;

/** Sends the network the counts of a quarter that is over; sent again, they take the place of the former ones. */
export function sendProgrammeFigures(actor: Actor, quarter: Quarter, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  if (daysOf(quarter).until >= today)
    return Promise.resolve(refuse('Ce trimestre n’est pas fini.', { trimestre: 'Choisissez un trimestre fini.' }));
  return inGarden(actor, async (tx) => {
    const { people, baskets, cents, national, person, grams, weighed, households } = await figuresFor(tx, quarter);
    await sql`
      insert into programme_figure (garden_id, year, quarter, people, baskets, cents, national_cents, person_cents, grams, weighed, households, sent_on)
      values (${actor.gardenId}, ${quarter.year}, ${quarter.quarter}, ${people}, ${baskets}, ${cents}, ${national}, ${person}, ${grams}, ${weighed},
        ${JSON.stringify(households)}, ${today})
      on conflict (garden_id, year, quarter) do update set people = excluded.people, baskets = excluded.baskets, cents = excluded.cents,
        national_cents = excluded.national_cents, person_cents = excluded.person_cents, grams = excluded.grams, weighed = excluded.weighed,
        households = excluded.households, sent_on = excluded.sent_on`.execute(tx);
    return done(null);
  });
}

export type GardenFigures = SentFigures & { garden: string };

/** What gardens sent of a year, by quarter and garden: for the head office, which sees no row of a garden. One query. */
export function figuresOfGardens(actor: NetworkActor, year: number): Promise<GardenFigures[]> {
  requireNetwork(actor);
  return database()
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('app.network', 'yes', true)`.execute(tx);
      const { rows } = await sql<GardenFigures>`
        select g.name as garden, f.year, f.quarter, f.people, f.baskets, f.cents, f.national, f.person, f.grams, f.weighed, f.households, f."sentOn"
        from (${stored}) f join garden g on g.id = f.garden where f.year = ${year} order by f.quarter, search_text(g.name)`.execute(tx);
      return rows;
    });
}
