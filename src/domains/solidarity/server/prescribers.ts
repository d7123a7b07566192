import { sql } from 'kysely';
import { writeTo } from '#domains/messages/index.server.ts';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type PrescriberKind, prescriberKinds } from '../labels-referral.ts';
import type { PersonValues, PrescriberValues } from '../schema-referral.ts';

const missing = 'Ce prescripteur n’existe pas dans votre jardin.';

/** Adds an organisation. The same name and place again is the same one: a form sent twice makes one. */
export function addPrescriber(actor: Actor, { nom, structure, commune }: PrescriberValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(39, ${actor.gardenId}::integer)`.execute(tx);
    const { rows } = await sql<{ id: number; kind: string }>`
      select id, kind from prescriber where garden_id = app_garden() and search_text(name) = search_text(${nom}) and search_text(city) = search_text(${commune})
      order by id limit 1`.execute(tx);
    if (rows[0]?.kind === structure) return done({ id: rows[0].id });
    if (rows[0]) return refuse('Ce prescripteur est déjà connu.', { nom: 'Un prescripteur de cette commune porte déjà ce nom.' });
    const made = await sql<{ id: number }>`
      insert into prescriber (garden_id, name, kind, city) values (${actor.gardenId}, ${nom}, ${structure}, ${commune}) returning id`.execute(
      tx,
    );
    return done({ id: made.rows[0]!.id });
  });
}

/** Changes what is known of it. Sent twice, it acts once; somebody else's change is told. */
export function changePrescriber(actor: Actor, id: number, { nom, structure, commune, version }: PrescriberValues): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ nom: string; structure: PrescriberKind; commune: string; version: number }>`
      select name as nom, kind as structure, city as commune, version from prescriber where garden_id = app_garden() and id = ${id} for update`.execute(
      tx,
    );
    if (!rows[0]) return refuse(missing);
    const { version: stored, ...theirs } = rows[0];
    const typed = { nom, structure, commune };
    if (theirs.nom === nom && theirs.structure === structure && theirs.commune === commune) return done(null);
    if (stored !== version)
      return changedMeanwhile('Ce prescripteur', theirs, typed, (field) =>
        field === 'structure' ? prescriberKinds[theirs.structure] : theirs[field],
      );
    await sql`
      update prescriber set name = ${nom}, kind = ${structure}, city = ${commune}, version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done(null);
  });
}

/** Puts an organisation aside: its people enter no more. What they sent stays as it is. Or takes it up again. */
export function setPrescriberAside(actor: Actor, id: number, aside: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    await sql`
      update prescriber set archived_at = ${aside ? sql`coalesce(archived_at, now())` : null}, version = version + 1
      where garden_id = app_garden() and id = ${id} and (archived_at is not null) <> ${aside}`.execute(tx);
    return done(null);
  });
}

/** Opens the space to somebody of an organisation, and writes to her. The same address again is the same person. */
export function addPerson(actor: Actor, prescriberId: number, { nom, email, telephone }: PersonValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const { rows: found } = await sql<{ name: string; slug: string }>`
      select o.name, g.slug from prescriber o join garden g on g.id = o.garden_id
      where o.garden_id = app_garden() and o.id = ${prescriberId} and o.archived_at is null for share of o`.execute(tx);
    if (!found[0]) return refuse(missing);
    const { rows } = await sql<{ id: number }>`
      insert into prescriber_person (garden_id, prescriber_id, name, email, phone) values (${actor.gardenId}, ${prescriberId}, ${nom}, lower(${email}), ${telephone})
      on conflict (garden_id, lower(email)) where archived_at is null do nothing returning id`.execute(tx);
    if (!rows[0]) return alreadyIn(tx, prescriberId, email);
    const address = `${config.publicUrl()}/prescripteur/${found[0].slug}`;
    await writeTo(tx, actor.gardenId, {
      to: email,
      name: nom,
      event: 'prescriber_invited',
      variables: { structure: found[0].name, lien: address },
    });
    return done({ id: rows[0].id });
  });
}

async function alreadyIn(tx: Tx, prescriberId: number, email: string): Promise<Outcome<{ id: number }>> {
  const { rows } = await sql<{ id: number; prescriberId: number; name: string }>`
    select p.id, p.prescriber_id as "prescriberId", o.name from prescriber_person p join prescriber o on o.garden_id = p.garden_id and o.id = p.prescriber_id
    where p.garden_id = app_garden() and lower(p.email) = lower(${email}) and p.archived_at is null`.execute(tx);
  if (rows[0]?.prescriberId === prescriberId) return done({ id: rows[0].id });
  return refuse('Cette adresse a déjà un espace.', {
    email: `Déjà utilisée par une personne de ${rows[0]?.name ?? 'une autre structure'}.`,
  });
}

/** Takes the access of somebody who left. Those she sent pass to a colleague of the same organisation, when one is named. Sent twice, it acts once. */
export function endPerson(actor: Actor, prescriberId: number, personId: number, successor: number | null): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select id from prescriber_person where garden_id = app_garden() and prescriber_id = ${prescriberId} and archived_at is null and id = any(${[personId, successor ?? 0]}::bigint[])
      for update`.execute(tx);
    if (!rows.some(({ id }) => id === personId)) return done(null);
    if (successor !== null && (successor === personId || !rows.some(({ id }) => id === successor)))
      return refuse('Choisissez quelqu’un d’autre de la même structure.', { suite: 'Cette personne n’a pas d’accès.' });
    await sql`update prescriber_person set archived_at = now(), version = version + 1 where garden_id = app_garden() and id = ${personId}`.execute(
      tx,
    );
    if (successor !== null)
      await sql`update referral set person_id = ${successor}, version = version + 1 where garden_id = app_garden() and person_id = ${personId}`.execute(
        tx,
      );
    return done(null);
  });
}
