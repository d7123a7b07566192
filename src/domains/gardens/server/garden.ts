import { sql } from 'kysely';
import { type NetworkActor, requireNetwork } from '#domains/network/index.server.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { firstRoles } from '#platform/access/rights.ts';
import { type Db, database, type Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { freeSlug, isSlug, slugOf } from '../rules/slug.ts';
import type { GardenForm, NewGarden } from '../schema.ts';
import { type GardenSettings, gardenSettings, readSettings, withSettings } from '../settings.ts';

export type CreatedGarden = { id: number; slug: string; administratorRoleId: number };

/**
 * Creates a garden with the roles and the list of produce it starts with, in the transaction given (which then works in that garden).
 * @param garden.slug its name in addresses; made from `name` when absent, with a number when taken.
 */
export async function createGarden(actor: NetworkActor, garden: NewGarden & { slug?: string }, tx?: Tx): Promise<Outcome<CreatedGarden>> {
  requireNetwork(actor);
  if (!tx)
    return database()
      .transaction()
      .execute((own) => createGarden(actor, garden, own));
  const { name, address, postcode, city, slug: wanted } = garden;
  if (wanted !== undefined && !isSlug(wanted))
    return refuse(
      `« ${wanted} » ne peut pas servir d'adresse : des petites lettres sans accent, des chiffres, des tirets, 40 au plus. Par exemple « ${slugOf(wanted)} ».`,
      { slug: 'Des petites lettres sans accent, des chiffres, des tirets.' },
    );
  // Two gardens of one name at the same moment wait for each other, and get two addresses.
  await sql`select set_config('app.network', 'yes', true), pg_advisory_xact_lock(20241221)`.execute(tx);
  const slugs = await tx.selectFrom('garden').select('slug').execute();
  const taken = new Set(slugs.map(({ slug }) => slug));
  if (wanted && taken.has(wanted))
    return refuse(`Un jardin s'appelle déjà « ${wanted} » dans les adresses.`, { slug: 'Ce nom est déjà pris.' });
  const { id, slug } = await tx
    .insertInto('garden')
    .values({ name, address, postcode, city, slug: wanted ?? freeSlug(slugOf(name), taken) })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
  await sql`select set_config('app.garden', ${String(id)}, true), set_config('app.user', ${actor.userId ?? ''}, true)`.execute(tx);
  const made = await tx
    .insertInto('role')
    .values(firstRoles.map((role) => ({ garden_id: id, name: role.name, rights: role.rights })))
    .returning(['id', 'rights'])
    .execute();
  // What goes into baskets, to begin with (migration 0012).
  await sql`select install_produce(${id}), install_ledger(${id}), install_billing(${id}), install_payments(${id}), install_receivables(${id}),
    install_solidarity(${id}), install_giving(${id})`.execute(tx);
  return done({ id, slug, administratorRoleId: made.find(({ rights }) => rights.includes('staff:change'))!.id });
}

/** Whether another garden in use has this name, whatever its accents and capitals. */
export async function isNamesake(tx: Tx, id: number, name: string): Promise<boolean> {
  const { rows } =
    await sql`select from garden where id <> ${id} and archived_at is null and search_text(name) = search_text(${name}) limit 1`.execute(
      tx,
    );
  return rows.length > 0;
}

/** A garden by its name in addresses, for the command line and public pages: only what is public, and its settings. */
export async function findGarden(slug: string, db: Db = database()) {
  return (await db.selectFrom('garden').selectAll().where('slug', '=', slug).executeTakeFirst()) ?? null;
}

/** The garden's own page, with the version to send back. */
export async function gardenRecord(actor: Actor) {
  requireRight(actor, 'settings:read');
  const garden = await readInGarden(actor, (tx) =>
    tx.selectFrom('garden').selectAll().where('id', '=', actor.gardenId).executeTakeFirstOrThrow(),
  );
  return { ...garden, settings: gardenSettings.parse(garden.settings) };
}

/**
 * Keeps the garden's page. Refused when somebody else has changed it since it was read.
 * @param check what other domains have to say against the new settings, in the same transaction.
 */
export async function saveGarden(
  actor: Actor,
  form: GardenForm,
  check: (tx: Tx, settings: GardenSettings) => Promise<Refusal | null> = async () => null,
): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  const { version, accent, name, address, postcode, city, phone, email, ...given } = form;
  return inGarden(actor, async (tx) => {
    const stored = await tx.selectFrom('garden').select('settings').where('id', '=', actor.gardenId).executeTakeFirstOrThrow();
    const settings = withSettings(stored.settings, given);
    const against = await check(tx, readSettings(settings));
    if (against) return against;
    const saved = await tx
      .updateTable('garden')
      .set({
        name,
        address,
        postcode,
        city,
        phone,
        email,
        accent: accent.toLowerCase() || null,
        settings: JSON.stringify(settings),
        version: version + 1,
      })
      .where('id', '=', actor.gardenId)
      .where('version', '=', version)
      .returning('id')
      .executeTakeFirst();
    return saved
      ? done(null)
      : refuse('Quelqu’un d’autre a changé ces réglages entre-temps. Rechargez la page pour voir les siens, puis reprenez les vôtres.');
  });
}
