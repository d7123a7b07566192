import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight, systemActor } from '#platform/access/actor.ts';
import { config } from '#platform/config.ts';
import { database, type Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { plainHost } from '../rules/address.ts';
import type { SiteGiven } from '../schema.ts';
import { tellNetwork } from './network-facts.ts';

export type SiteRecord = { version: number; publishedAt: Date | null; facebook: string; instagram: string; host: string };

const load = async (tx: Tx, gardenId: number, lock = false): Promise<SiteRecord> => {
  const { rows } = await sql<SiteRecord>`
    select coalesce(s.version, 0) as version, s.published_at as "publishedAt", coalesce(s.facebook, '') as facebook, coalesce(s.instagram, '') as instagram,
      coalesce(g.host, '') as host
    from garden g left join site s on s.garden_id = g.id where g.id = ${gardenId} ${lock ? sql`for update of g` : sql``}`.execute(tx);
  return rows[0]!;
};

/** What a garden chose for its pages, with the version to send back (0: nothing yet). One query. */
export function siteRecord(actor: Actor): Promise<SiteRecord> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, (tx) => load(tx, actor.gardenId));
}

/** Opens a garden's pages to everybody, or closes them again to all but its team; the network's map follows. Asked twice, it is done once. */
export async function publish(actor: Actor, open: boolean, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  await inGarden(actor, (tx) =>
    sql`
      insert into site as s (garden_id, published_at) values (${actor.gardenId}, case when ${open} then now() end)
      on conflict (garden_id) do update set published_at = excluded.published_at, version = s.version + 1
      where (s.published_at is null) = ${open}`.execute(tx),
  );
  await tellNetwork(systemActor(actor.gardenId), today);
  return done(null);
}

/** Keeps the garden's own host name and its pages elsewhere. Refused when somebody else changed them since, or when the name is another's. */
export function saveSite(actor: Actor, { version, ...typed }: SiteGiven): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  const { host, facebook, instagram } = typed;
  if (host && plainHost(host) === plainHost(new URL(config.publicUrl()).host))
    return Promise.resolve(
      refuse('Ce nom est celui de la plateforme.', { host: 'C’est l’adresse de la plateforme elle-même : choisissez un nom à vous.' }),
    );
  return inGarden(actor, async (tx) => {
    const stored = await load(tx, actor.gardenId, true);
    const { version: current, publishedAt: _, ...values } = stored;
    const same = values.host === host && values.facebook === facebook && values.instagram === instagram;
    if (same) return done(null);
    if (current !== version) return changedMeanwhile('Cette page', values, typed, (field) => values[field]);
    const taken =
      await sql`select from garden where host in (${plainHost(host)}, ${`www.${plainHost(host)}`}) and id <> ${actor.gardenId}`.execute(tx);
    if (host && taken.rows.length)
      return refuse('Ce nom est déjà celui d’un autre jardin.', { host: 'Un autre jardin du réseau utilise déjà ce nom.' });
    await sql`update garden set host = ${host || null}, version = version + 1 where id = ${actor.gardenId} and host is distinct from ${host || null}`.execute(
      tx,
    );
    await sql`
      insert into site as s (garden_id, facebook, instagram) values (${actor.gardenId}, ${facebook}, ${instagram})
      on conflict (garden_id) do update set facebook = excluded.facebook, instagram = excluded.instagram, version = s.version + 1`.execute(
      tx,
    );
    return done(null);
  });
}

/** The gardens that have a host name of their own, by name without « www. »: what every request looks at. One query. */
export async function ownHosts(): Promise<Map<string, string>> {
  const { rows } = await sql<{
    host: string;
    slug: string;
  }>`select host, slug from garden where host is not null and archived_at is null`.execute(database());
  return new Map(rows.map(({ host, slug }) => [plainHost(host), slug]));
}
