import { redirect } from '@sveltejs/kit';
import { changeRole, endStaff, inviteStaff, listTeam } from '#domains/gardens/index.server.ts';
import { invitation, roleChange, staffEnd } from '#domains/gardens/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

const french = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Paris' });

export const load = async (event) => {
  const { actor } = enter(event, 'staff:read');
  const { members, roles } = await listTeam(actor);
  const shown = members.map(({ id, name, email, role, roleId, version, since, hasPassword, endedAt }) => ({
    id,
    name,
    email,
    role,
    roleId,
    version,
    hasPassword,
    since: french.format(since),
    endedOn: endedAt ? french.format(endedAt) : null,
  }));
  return {
    members: shown.filter(({ endedOn }) => !endedOn),
    former: shown.filter(({ endedOn }) => endedOn),
    roles: roles.map(({ id, name }) => ({ value: id, label: name })),
    mayChange: can(actor, 'staff:change'),
  };
};

export const actions = {
  invite: async (event) => {
    const { actor, garden } = enter(event, 'staff:change');
    const form = await readForm(event, invitation);
    if (!form.ok) return form.failure;
    const done = await inviteStaff(actor, form.value);
    if (!done.ok) return refused(done, form.values);
    const what = done.value.isNew
      ? 'Un e-mail lui a été envoyé pour choisir son mot de passe.'
      : 'Cette personne avait déjà un compte : un e-mail la prévient.';
    leaveFlash(event.cookies, `C’est fait. ${what}`);
    redirect(303, `/gestion/${garden.slug}/equipe`);
  },

  role: async (event) => {
    const { actor, garden } = enter(event, 'staff:change');
    const form = await readForm(event, roleChange);
    if (!form.ok) return form.failure;
    const done = await changeRole(actor, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Le rôle est changé.');
    redirect(303, `/gestion/${garden.slug}/equipe`);
  },

  end: async (event) => {
    const { actor, garden } = enter(event, 'staff:change');
    const form = await readForm(event, staffEnd);
    if (!form.ok) return form.failure;
    const done = await endStaff(actor, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Cette personne ne peut plus entrer dans le jardin.');
    redirect(303, `/gestion/${garden.slug}/equipe`);
  },
};
