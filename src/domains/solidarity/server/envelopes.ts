import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';

/** What a funder gives to a programme between two days: euros, baskets, or both. */
export type Feed = {
  programmeId: number;
  /** Null: the garden's funder for gifts, made when there is none. */
  funderId: number | null;
  startsOn: Day;
  endsOn: Day | null;
  cents: Cents | null;
  baskets: number | null;
  note: string;
  /** What it comes from, said once: « gift:12 ». Asked twice, it feeds once. */
  source: string | null;
};

const giftsName = 'Dons';

/** Feeds a programme's envelope, within a transaction whose command checked its own right: gifts do, when they are received. */
export async function feedEnvelope(tx: Tx, gardenId: number, feed: Feed): Promise<Outcome<{ id: number; funderId: number }>> {
  if (feed.cents === null && feed.baskets === null) return refuse('Dites un montant, ou un nombre de paniers.', { cents: 'À remplir.' });
  if (feed.endsOn && feed.endsOn < feed.startsOn) return refuse('La fin vient avant le début.', { endsOn: 'Avant le début.' });
  const { rows: known } = await sql<{ id: number; funderId: number }>`
    select id, funder_id as "funderId" from programme_envelope where garden_id = app_garden() and source = ${feed.source}`.execute(tx);
  if (feed.source !== null && known[0]) return done(known[0]);
  const { rows: programmes } = await sql`
    select from programme where garden_id = app_garden() and id = ${feed.programmeId} and archived_at is null for share`.execute(tx);
  if (programmes.length === 0) return refuse('Ce programme n’existe pas, ou n’est plus utilisé.');
  const funderId = feed.funderId ?? (await giftsFunder(tx, gardenId));
  const { rows } = await sql<{ id: number }>`
    insert into programme_envelope (garden_id, programme_id, funder_id, starts_on, ends_on, cents, baskets, note, source)
    values (${gardenId}, ${feed.programmeId}, ${funderId}, ${feed.startsOn}, ${feed.endsOn}, ${feed.cents}, ${feed.baskets}, ${feed.note}, ${feed.source})
    on conflict (garden_id, source) where source is not null do update set note = programme_envelope.note returning id`.execute(tx);
  return done({ id: rows[0]!.id, funderId });
}

/** The funder that gifts are: the garden's one, made at the first gift. */
async function giftsFunder(tx: Tx, gardenId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with known as (select id from funder where garden_id = app_garden() and kind = 'donations' and archived_at is null order by id limit 1),
    made as (
      insert into funder (garden_id, kind, name) select ${gardenId}, 'donations', ${giftsName} where not exists (select from known)
      on conflict (garden_id, name) do update set archived_at = null returning id
    )
    select id from known union all select id from made`.execute(tx);
  return rows[0]!.id;
}
