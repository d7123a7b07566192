import { error, redirect } from '@sveltejs/kit';
import { createRole, deleteRole, listTeam, updateRole } from '#domains/gardens/index.server.ts';
import { changedRole, deletedRole, newRole } from '#domains/gardens/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { type Area, areas } from '#platform/access/rights.ts';

/** `/roles/nouveau` makes one; `/roles/12` changes or deletes that one. */
export const load = async (event) => {
  const { actor } = enter(event, 'staff:change');
  const { roles } = await listTeam(actor);
  const wanted = event.params.role;
  const role = wanted === 'nouveau' ? null : roles.find(({ id }) => String(id) === wanted);
  if (role === undefined) error(404, 'Ce rôle n’existe plus.');
  return {
    role: role && { id: role.id, name: role.name, version: role.version, rights: role.rights, unused: role.people + role.former === 0 },
    areas: (Object.keys(areas) as Area[]).map((area) => ({ area, label: areas[area] })),
  };
};

export const actions = {
  save: async (event) => {
    const { actor, garden } = enter(event, 'staff:change');
    const isNew = event.params.role === 'nouveau';
    const refusal = isNew
      ? await readAnd(event, newRole, (role) => createRole(actor, role))
      : await readAnd(event, changedRole, (role) => updateRole(actor, role));
    if (refusal) return refusal;
    leaveFlash(event.cookies, isNew ? 'Le rôle est créé.' : 'Le rôle est enregistré.');
    redirect(303, `/gestion/${garden.slug}/equipe/roles`);
  },

  delete: async (event) => {
    const { actor, garden } = enter(event, 'staff:change');
    const refusal = await readAnd(event, deletedRole, (role) => deleteRole(actor, role));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'Le rôle est supprimé.');
    redirect(303, `/gestion/${garden.slug}/equipe/roles`);
  },
};
