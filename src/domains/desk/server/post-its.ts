import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { byDay, type PostIt } from '../rules/post-its.ts';
import type { PostItValues } from '../schema.ts';

/** Those of the team and one's own: what a person may see, change and tick. */
const seen = sql`(p.shared or p.author_id = app_user())`;

const columns = sql`p.id, p.text, p.due_on as "dueOn", p.shared, a.name as author, p.author_id = app_user() as mine, p.done_at is not null as done,
  d.name as "doneBy", p.version`;
const source = sql`post_it p left join auth."user" a on a.id = p.author_id left join auth."user" d on d.id = p.done_by`;

/** Notes to do, and those done within the fortnight for whoever ticked too fast. One query. */
export function postIts(actor: Actor): Promise<PostIt[]> {
  requireRight(actor, 'any');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<PostIt>`
      select ${columns} from ${source} where p.garden_id = app_garden() and ${seen} and coalesce(p.done_at > now() - interval '14 days', true)
      order by p.id desc limit 300`.execute(tx);
    return rows.toSorted(byDay);
  });
}

/** One of them, to change it; null when there is none that this person sees. */
export function postIt(actor: Actor, id: number): Promise<PostIt | null> {
  requireRight(actor, 'any');
  return readInGarden(actor, (tx) => find(tx, id));
}

async function find(tx: Tx, id: number, lock = false): Promise<PostIt | null> {
  const { rows } = await sql<PostIt>`
    select ${columns} from ${source} where p.garden_id = app_garden() and ${seen} and p.id = ${id} ${lock ? sql`for update of p` : sql``}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Writes one. Sent twice, it is there once. */
export function addPostIt(actor: Actor, key: string, { text, due, shared }: PostItValues): Promise<Outcome<null>> {
  requireRight(actor, 'any');
  return inGarden(actor, async (tx) => {
    await sql`
      insert into post_it (garden_id, text, due_on, shared, author_id, key)
      values (${actor.gardenId}, ${text}, ${due}, ${shared === 'oui'}, app_user(), ${key}) on conflict (garden_id, key) do nothing`.execute(
      tx,
    );
    return done(null);
  });
}

const gone = 'Ce post-it n’existe plus.';

/** Changes its words, its day, who sees it. Only whoever wrote it keeps it to herself. */
export function changePostIt(actor: Actor, id: number, version: number, values: PostItValues): Promise<Outcome<null>> {
  requireRight(actor, 'any');
  return inGarden(actor, async (tx) => {
    const found = await find(tx, id, true);
    if (!found) return refuse(gone);
    const stored: PostItValues = { text: found.text, due: found.dueOn, shared: found.shared ? 'oui' : 'non' };
    if (differingFields(stored, values).length === 0) return done(null);
    if (found.version !== version)
      return changedMeanwhile('Ce post-it', stored, values, (field) =>
        field === 'due'
          ? stored.due
            ? shortDay(stored.due as Day)
            : ''
          : field === 'shared'
            ? found.shared
              ? 'toute l’équipe'
              : 'moi seul'
            : stored.text,
      );
    if (values.shared === 'non' && !found.mine)
      return refuse('Seule la personne qui l’a écrit peut le garder pour elle.', { shared: 'Laissez-le à l’équipe.' });
    await sql`
      update post_it set text = ${values.text}, due_on = ${values.due}, shared = ${values.shared === 'oui'}, version = version + 1
      where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Ticks it, or takes the tick back. Asked twice, it acts once. */
export function tickPostIt(actor: Actor, id: number, ticked: boolean): Promise<Outcome<{ text: string }>> {
  requireRight(actor, 'any');
  return inGarden(actor, async (tx) => {
    const found = await find(tx, id, true);
    if (!found) return refuse(gone);
    if (found.done !== ticked)
      await sql`
        update post_it set done_at = ${ticked ? sql`now()` : null}, done_by = ${ticked ? sql`app_user()` : null}, version = version + 1
        where garden_id = app_garden() and id = ${id}`.execute(tx);
    return done({ text: found.text });
  });
}
