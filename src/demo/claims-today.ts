import { sql } from 'kysely';
import { claimList, claimPage, contestClaim, funders, makeClaim, markClaimSent, moveClaimed } from '#domains/solidarity/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { isLarge } from './solidarity-today.ts';

const expect = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

/**
 * After money is told: the national programme and the town were asked for what was delivered up to the last month, and both claims left. The town contested the baskets of
 * somebody who has moved; the garden decided to pay them.
 */
export async function claimSolidarity(head: Actor, today: Day): Promise<void> {
  if (!(await isLarge(head))) return;
  const { rows } = await inGarden(head, (tx) =>
    sql<{ id: number; cents: number }>`
      select l.funder_id as id, sum(l.cents)::bigint as cents from payer_line l join funder f on f.garden_id = l.garden_id and f.id = l.funder_id
      where l.garden_id = app_garden() and f.kind in ('national', 'commune') and l.day <= ${addDays(today, -21)} group by l.funder_id order by l.funder_id`.execute(
      tx,
    ),
  );
  for (const { id, cents } of rows) {
    const wish = {
      funderId: id,
      until: addDays(today, -21),
      day: today,
      dueOn: addDays(today, 30),
      seen: cents,
      key: `demonstration-${id}`,
    };
    expect(await makeClaim(head, wish, today));
  }
  const claims = await claimList(head);
  for (const { id } of claims) expect(await markClaimSent(head, id));
  const town = claims.find(({ kind }) => kind === 'call');
  if (town) await contested(head, town.id, today);
}

async function contested(head: Actor, id: number, today: Day): Promise<void> {
  expect(await contestClaim(head, id, 'Une personne de la liste n’habite plus Metz depuis la rentrée.'));
  const { stays, from, until } = (await claimPage(head, id))!;
  const own = (await funders(head)).find(({ kind }) => kind === 'garden')!;
  const moved = stays.at(-1);
  if (!moved) return;
  const reason = 'Elle habitait déjà Woippy, hors de la convention. Le jardin prend ces paniers.';
  const wish = { stays: [moved.path], from, until, funderId: own.id, reason, key: `demonstration-${id}` };
  expect(await moveClaimed(head, id, wish, today));
}
