import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Right } from '#platform/access/rights.ts';
import type { Tx } from '#platform/db/index.ts';
import { hasAdministrator, withRights } from '../rules/team.ts';
import { changeTeam, lastAdministrator } from './team.ts';

/** A role of the garden's own, from the list of rights. Names are unique in the garden. */
export function createRole(actor: Actor, { name, rights }: { name: string; rights: Right[] }): Promise<Outcome<number>> {
  requireRight(actor, 'staff:change');
  return changeTeam(actor, async (tx) => {
    if (await nameTaken(tx, name)) return sameName;
    const { id } = await tx
      .insertInto('role')
      .values({ garden_id: actor.gardenId, name, rights })
      .returning('id')
      .executeTakeFirstOrThrow();
    return done(id);
  });
}

/** Renames a role or changes its rights; those who have it get them at their next page. */
export function updateRole(actor: Actor, role: { roleId: number; version: number; name: string; rights: Right[] }): Promise<Outcome<null>> {
  requireRight(actor, 'staff:change');
  const { roleId, version, name, rights } = role;
  return changeTeam(actor, async (tx, team) => {
    if (await nameTaken(tx, name, roleId)) return sameName;
    if (!hasAdministrator(withRights(team, roleId, rights))) return refuse(lastAdministrator);
    const row = await tx
      .updateTable('role')
      .set({ name, rights, version: version + 1 })
      .where('id', '=', roleId)
      .where('version', '=', version)
      .returning('id')
      .executeTakeFirst();
    return row ? done(null) : refuse('Quelqu’un d’autre a changé ce rôle entre-temps. Rechargez la page, puis reprenez.');
  });
}

/** A role that nobody has, nor had: the trail of those who had it must keep its name. */
export function deleteRole(actor: Actor, { roleId }: { roleId: number }): Promise<Outcome<null>> {
  requireRight(actor, 'staff:change');
  return changeTeam(actor, async (tx) => {
    const user = await tx
      .selectFrom('staff')
      .select('ended_at')
      .where('role_id', '=', roleId)
      .orderBy('ended_at', 'desc')
      .executeTakeFirst();
    if (user)
      return refuse(
        user.ended_at
          ? 'Une personne partie avait ce rôle : il reste, pour que l’historique se lise.'
          : 'Ce rôle sert encore : donnez-en d’abord un autre aux personnes qui l’ont.',
      );
    const { numDeletedRows } = await tx.deleteFrom('role').where('id', '=', roleId).executeTakeFirst();
    return numDeletedRows ? done(null) : refuse('Ce rôle n’existe plus.');
  });
}

const sameName = refuse('Un rôle porte déjà ce nom.', { name: 'Un rôle porte déjà ce nom.' });

async function nameTaken(tx: Tx, name: string, except = 0): Promise<boolean> {
  return !!(await tx.selectFrom('role').select('id').where('name', '=', name).where('id', '<>', except).executeTakeFirst());
}
