import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { accountOf, createUser, invitationToken } from '#platform/auth/accounts.ts';
import { sendInvitation } from '#platform/auth/mails.ts';
import type { Tx } from '#platform/db/index.ts';
import { asPerson, inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { hasAdministrator, without, withRole } from '../rules/team.ts';
import type { Invitation } from '../schema.ts';
import { orUndo, undoingRefusals } from './all-or-nothing.ts';
import { lockTeam, type Member, members, type Role, roles } from './store.ts';

export const lastAdministrator = 'C’est la dernière personne qui peut gérer l’équipe. Donnez d’abord ce droit à quelqu’un d’autre.';

/** The garden's people and roles, for the page « Équipe ». */
export function listTeam(actor: Actor): Promise<{ members: Member[]; roles: Role[] }> {
  requireRight(actor, 'staff:read');
  return readInGarden(actor, async (tx) => ({ members: await members(tx), roles: await roles(tx) }));
}

/** The gardens where a person works, by name. */
export function gardensOf(userId: string): Promise<{ id: number; slug: string; name: string; role: string }[]> {
  return asPerson(userId, async (tx) => {
    const { rows } = await sql<{ id: number; slug: string; name: string; role: string }>`
      select g.id, g.slug, g.name, r.name as role
      from staff s join garden g on g.id = s.garden_id and g.archived_at is null join role r on r.garden_id = s.garden_id and r.id = s.role_id
      where s.user_id = ${userId} and s.ended_at is null order by search_text(g.name)`.execute(tx);
    return rows;
  });
}

/**
 * Brings somebody into the garden. Without an account she gets one, and a link to choose her password; with one, she is told.
 * Somebody who had left comes back. The mail is stored with the rest: all or nothing.
 */
export function inviteStaff(actor: Actor, invitation: Invitation): Promise<Outcome<Invited>> {
  requireRight(actor, 'staff:change');
  return changeTeam(actor, (tx) => bringIn(tx, actor.gardenId, invitation));
}

export type Invited = { userId: string; isNew: boolean };

/** The invitation itself, in a transaction that works in the garden. */
export async function bringIn(tx: Tx, gardenId: number, { name, email, roleId }: Invitation): Promise<Outcome<Invited>> {
  const known = await accountOf(email, tx);
  const created = known ? done(known.id) : await createUser({ name, email }, tx);
  if (!created.ok) return created;
  const placed = await placeStaff(tx, gardenId, created.value, roleId);
  if (!placed.ok) return placed;
  const garden = await tx.selectFrom('garden').select('name').where('id', '=', gardenId).executeTakeFirstOrThrow();
  const token = known ? null : await invitationToken(tx, email);
  await sendInvitation(tx, { email, name: known?.name ?? name, garden: garden.name, token });
  return done({ userId: created.value, isNew: !known });
}

/** Gives an account a role in the garden, without a mail: installation, command line, demonstration. */
export function addStaff(actor: Actor, userId: string, roleId: number): Promise<Outcome<number>> {
  requireRight(actor, 'staff:change');
  return inGarden(actor, (tx) => placeStaff(tx, actor.gardenId, userId, roleId));
}

/** In a transaction that works in the garden. Refused when the role is unknown or the person is at work there already. */
export async function placeStaff(tx: Tx, gardenId: number, userId: string, roleId: number): Promise<Outcome<number>> {
  const role = await tx.selectFrom('role').select('id').where('id', '=', roleId).executeTakeFirst();
  if (!role) return refuse('Ce rôle n’existe plus.', { roleId: 'Choisissez un rôle.' });
  const row = await tx
    .insertInto('staff')
    .values({ garden_id: gardenId, user_id: userId, role_id: roleId })
    .onConflict((c) =>
      c
        .columns(['garden_id', 'user_id'])
        .doUpdateSet((eb) => ({ role_id: roleId, ended_at: null, version: eb('staff.version', '+', 1) }))
        .where('staff.ended_at', 'is not', null),
    )
    .returning('id')
    .executeTakeFirst();
  return row
    ? done(row.id)
    : refuse('Cette personne fait déjà partie de l’équipe.', { email: 'Cette personne fait déjà partie de l’équipe.' });
}

/** Another role for somebody at work. Refused when somebody else gave her another one since `version`; sent twice, it acts once. */
export function changeRole(actor: Actor, change: { staffId: number; roleId: number; version: number }): Promise<Outcome<null>> {
  requireRight(actor, 'staff:change');
  const { staffId, roleId, version } = change;
  return changeTeam(actor, async (tx, team) => {
    const member = team.members.find(({ id }) => id === staffId);
    if (member?.roleId === roleId) return done(null);
    if (member && member.version !== version)
      return refuse('Quelqu’un d’autre vient de changer le rôle de cette personne. Regardez ce qu’il est devenu, puis recommencez.');
    if (!team.roles.some(({ id }) => id === roleId)) return refuse('Ce rôle n’existe plus.', { roleId: 'Choisissez un rôle.' });
    if (!hasAdministrator(withRole(team, staffId, roleId))) return refuse(lastAdministrator);
    return updateStaff(tx, staffId, { role_id: roleId });
  });
}

/** Somebody leaves the garden: her rights end at once, what she did keeps her name, her account and her other gardens stay. */
export function endStaff(actor: Actor, { staffId }: { staffId: number }, now = new Date()): Promise<Outcome<null>> {
  requireRight(actor, 'staff:change');
  return changeTeam(actor, async (tx, team) => {
    if (!hasAdministrator(without(team, staffId))) return refuse(lastAdministrator);
    return updateStaff(tx, staffId, { ended_at: now });
  });
}

/** One change of the team at a time, under its lock; a refusal leaves nothing behind. */
export function changeTeam<T>(
  actor: Actor,
  work: (tx: Tx, team: Awaited<ReturnType<typeof lockTeam>>) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  return undoingRefusals(() => inGarden(actor, async (tx) => orUndo(await work(tx, await lockTeam(tx, actor.gardenId)))));
}

async function updateStaff(tx: Tx, staffId: number, change: { role_id?: number; ended_at?: Date }): Promise<Outcome<null>> {
  const row = await tx
    .updateTable('staff')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', staffId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row ? done(null) : refuse('Cette personne ne fait plus partie de l’équipe.');
}
