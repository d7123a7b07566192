import { sql } from 'kysely';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { depotCategories } from '../labels.ts';
import type { DepotChange, NewDepot } from '../schema.ts';
import { sayNeeds } from './needed.ts';
import { alone } from './tour-commands.ts';

type Stored = NewDepot & { id: number; version: number; archived: boolean };

const columns = sql`id, version, archived_at is not null as archived, number, name, address, postcode, city, phone, contact, category, mention, password,
  access_code as "accessCode", access_note as "accessNote", fee_cents as fee, latitude, longitude`;

const ofNumber = async (tx: Tx, number: string): Promise<Stored | undefined> =>
  (await sql<Stored>`select ${columns} from depot where number = ${number}`.execute(tx)).rows[0];

const sayTaken = ({ name, archived }: Stored) => `C’est celui du dépôt ${archived ? 'archivé ' : ''}« ${name} ».`;

/** The number that a new depot may take: the one after the highest. */
export function nextDepotNumber(actor: Actor): Promise<string> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ next: number }>`
      select coalesce(max(number::int), 0) + 1 as next from depot where number ~ '^[0-9]{1,6}$'`.execute(tx);
    return String(rows[0]!.next);
  });
}

/** Makes a depot, on no tour yet. The same form sent twice makes one. */
export function createDepot(actor: Actor, typed: NewDepot): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const taken = await ofNumber(tx, typed.number);
    if (taken && !taken.archived && differingFields<object>(taken, typed).length === 0) return done({ id: taken.id });
    if (taken) return refuse('Ce numéro est déjà pris.', { number: sayTaken(taken) });
    const { rows } = await sql<{ id: number }>`
      insert into depot (garden_id, number, name, address, postcode, city, phone, contact, category, mention, password, access_code, access_note, fee_cents, latitude, longitude)
      values (${actor.gardenId}, ${typed.number}, ${typed.name}, ${typed.address}, ${typed.postcode}, ${typed.city}, ${typed.phone}, ${typed.contact}, ${typed.category},
        ${typed.mention}, ${typed.password}, ${typed.accessCode}, ${typed.accessNote}, ${typed.fee}, ${typed.latitude}, ${typed.longitude}) returning id`.execute(
      tx,
    );
    return done({ id: rows[0]!.id });
  });
}

/** What a depot is and where it stands. Refused when somebody else changed it since the form was opened; sent twice, it acts once. */
export function changeDepot(actor: Actor, id: number, { version, ...typed }: DepotChange): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const { rows } = await sql<Stored>`select ${columns} from depot where id = ${id} and archived_at is null for update`.execute(tx);
    const stored = rows[0];
    if (!stored) return refuse('Ce point de dépôt n’existe plus.');
    if (differingFields<object>(stored, typed).length === 0) return done(null);
    if (stored.version !== version) {
      return changedMeanwhile<NewDepot>('Ce point de dépôt', stored, typed, (field) => {
        if (field === 'category') return depotCategories[stored.category];
        return field === 'fee' ? formatEuros(stored.fee) : String(stored[field] ?? '');
      });
    }
    const taken = typed.number === stored.number ? undefined : await ofNumber(tx, typed.number);
    if (taken) return refuse('Ce numéro est déjà pris.', { number: sayTaken(taken) });
    await sql`
      update depot set number = ${typed.number}, name = ${typed.name}, address = ${typed.address}, postcode = ${typed.postcode}, city = ${typed.city},
        phone = ${typed.phone}, contact = ${typed.contact}, category = ${typed.category}, mention = ${typed.mention},
        password = ${typed.password}, access_code = ${typed.accessCode}, access_note = ${typed.accessNote},
        fee_cents = ${typed.fee}, latitude = ${typed.latitude}, longitude = ${typed.longitude}, version = version + 1
      where id = ${id}`.execute(tx);
    return done(null);
  });
}

/** Puts a depot aside with its stops: no longer listed, nothing lost. Refused while something hangs on one of them. */
export function archiveDepot(actor: Actor, id: number, today: Day): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await alone(tx, actor.gardenId);
    const needs = await sayNeeds(tx, sql`select id from slot where depot_id = ${id}`, today);
    if (needs) return refuse(`Ce dépôt sert encore : ${needs}. Déplacez-les d’abord vers un autre dépôt, puis archivez-le.`);
    await sql`update slot set archived_at = now(), version = version + 1 where depot_id = ${id} and archived_at is null`.execute(tx);
    await sql`update depot set archived_at = now(), version = version + 1 where id = ${id} and archived_at is null`.execute(tx);
    return done(null);
  });
}

/** Takes an archived depot up again, on no tour: its stops are added anew. */
export function reviveDepot(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await sql`update depot set archived_at = null, version = version + 1 where id = ${id} and archived_at is not null`.execute(tx);
    return done(null);
  });
}

export type Archived = { tours: { id: number; name: string }[]; depots: { id: number; name: string }[] };

/** Tours and depots that were put aside. One query. */
export function archivedPlaces(actor: Actor): Promise<Archived> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Archived>`
      select
        coalesce((select json_agg(json_build_object('id', id, 'name', code || ' · ' || name) order by position, code) from tour where archived_at is not null), '[]') as tours,
        coalesce((select json_agg(json_build_object('id', id, 'name', name || ' (n° ' || number || ')') order by search_text(name)) from depot where archived_at is not null), '[]') as depots`.execute(
      tx,
    );
    return rows[0]!;
  });
}
