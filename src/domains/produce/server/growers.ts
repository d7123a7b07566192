import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { CrewValues, SupplierValues } from '../schema.ts';

/** Who grows or makes what goes in baskets: suppliers and the garden's own crews. Both have a name that is theirs alone, and are archived. */
type Values = { supplier: SupplierValues; crew: CrewValues };
type Kind = keyof Values;
export type Grower<K extends Kind> = Values[K] & {
  id: number;
  version: number;
  archived: boolean;
  /** What comes from them, in use, by name. */
  produce: { id: number; name: string; emoji: string; category: 'vegetable' | 'fruit' | 'herb' | 'other' }[];
};
export type Supplier = Grower<'supplier'>;
export type Crew = Grower<'crew'>;

const of = {
  supplier: {
    columns: ['name', 'contact', 'phone', 'email', 'note'],
    key: sql`supplier_id`,
    what: 'Ce fournisseur',
    gone: 'Ce fournisseur n’existe plus.',
    taken: 'Un autre fournisseur',
    holds: 'viennent encore de ce fournisseur',
  },
  crew: {
    columns: ['name', 'position'],
    key: sql`crew_id`,
    what: 'Cette équipe',
    gone: 'Cette équipe n’existe plus.',
    taken: 'Une autre équipe',
    holds: 'sont encore cultivés par cette équipe',
  },
} as const;

/** Those in use, then archived ones, with what comes from them. One query. */
async function load<K extends Kind>(tx: Tx, kind: K, where = sql`true`): Promise<Grower<K>[]> {
  const { columns, key } = of[kind];
  const { rows } = await sql<Grower<K>>`
    select g.id, g.version, ${sql.join(columns.map((name) => sql.ref(`g.${name}`)))}, g.archived_at is not null as archived,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'emoji', p.emoji, 'category', p.category) order by search_text(p.name))
        from produce p where p.garden_id = g.garden_id and p.${key} = g.id and p.archived_at is null), '[]') as produce
    from ${sql.table(kind)} g where ${where}
    order by g.archived_at is not null, ${kind === 'crew' ? sql`g.position,` : sql``} search_text(g.name), g.id`.execute(tx);
  return rows;
}

/** All of them, or the one asked (none when it does not exist). One query. */
function read<K extends Kind>(actor: Actor, kind: K, id?: number): Promise<Grower<K>[]> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, (tx) => load(tx, kind, id === undefined ? sql`true` : sql`g.id = ${id}`));
}

/** Adds one. Sent twice, it acts once. */
function create<K extends Kind>(actor: Actor, kind: K, values: Values[K]): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    const entries = entriesOf(kind, values);
    const { rows } = await sql<{ id: number }>`
      insert into ${sql.table(kind)} (garden_id, ${sql.join(entries.map(([name]) => sql.ref(name)))})
      values (${actor.gardenId}, ${sql.join(entries.map(([, value]) => value))}) on conflict (garden_id, name) do nothing returning id`.execute(
      tx,
    );
    if (rows[0]) return done({ id: rows[0].id });
    const [same] = await load(tx, kind, sql`g.name = ${values.name}`);
    return same && !same.archived && differingFields<object>(same, values).length === 0
      ? done({ id: same.id })
      : nameTaken(kind, values.name);
  });
}

async function change<K extends Kind>(actor: Actor, kind: K, id: number, version: number, values: Values[K]): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`select from ${sql.table(kind)} where id = ${id} for update`.execute(tx);
    const [stored] = await load(tx, kind, sql`g.id = ${id}`);
    if (!stored) return refuse(of[kind].gone);
    if (differingFields<object>(stored, values).length === 0) return done(null);
    if (stored.version !== version) return changedMeanwhile<Values[K]>(of[kind].what, stored, values, (field) => String(stored[field]));
    const { rows } = await sql`select from ${sql.table(kind)} where name = ${values.name} and id <> ${id}`.execute(tx);
    if (rows.length) return nameTaken(kind, values.name);
    const set = entriesOf(kind, values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
    await sql`update ${sql.table(kind)} set ${sql.join(set)}, version = version + 1 where id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Takes one off the lists, or puts it back. Refused while something in use comes from it. */
function setArchived(actor: Actor, kind: Kind, id: number, archived: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`select from ${sql.table(kind)} where id = ${id} for update`.execute(tx);
    const [stored] = await load(tx, kind, sql`g.id = ${id}`);
    if (!stored) return refuse(of[kind].gone);
    if (stored.archived === archived) return done(null);
    if (archived && stored.produce.length)
      return refuse(`Des produits ${of[kind].holds} : ${stored.produce.map(({ name }) => name).join(', ')}. Changez-les d’abord.`);
    await sql`update ${sql.table(kind)} set archived_at = ${archived ? sql`now()` : sql`null`}, version = version + 1 where id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

const entriesOf = <K extends Kind>(kind: K, values: Values[K]): [string, string | number][] =>
  of[kind].columns.map((name) => [name, (values as Record<string, string | number>)[name]!]);

const nameTaken = (kind: Kind, name: string): Refusal =>
  refuse('Ce nom est déjà pris.', {
    name: `${of[kind].taken} s’appelle « ${name} » (peut-être dans les archives). Choisissez un autre nom.`,
  });

export const suppliers = (actor: Actor) => read(actor, 'supplier');
export const supplier = async (actor: Actor, id: number): Promise<Supplier | null> => (await read(actor, 'supplier', id))[0] ?? null;
export const createSupplier = (actor: Actor, values: SupplierValues) => create(actor, 'supplier', values);
export const changeSupplier = (actor: Actor, id: number, version: number, values: SupplierValues) =>
  change(actor, 'supplier', id, version, values);
export const archiveSupplier = (actor: Actor, id: number) => setArchived(actor, 'supplier', id, true);
export const restoreSupplier = (actor: Actor, id: number) => setArchived(actor, 'supplier', id, false);

export const crews = (actor: Actor) => read(actor, 'crew');
export const crew = async (actor: Actor, id: number): Promise<Crew | null> => (await read(actor, 'crew', id))[0] ?? null;
export const createCrew = (actor: Actor, values: CrewValues) => create(actor, 'crew', values);
export const changeCrew = (actor: Actor, id: number, version: number, values: CrewValues) => change(actor, 'crew', id, version, values);
export const archiveCrew = (actor: Actor, id: number) => setArchived(actor, 'crew', id, true);
export const restoreCrew = (actor: Actor, id: number) => setArchived(actor, 'crew', id, false);
