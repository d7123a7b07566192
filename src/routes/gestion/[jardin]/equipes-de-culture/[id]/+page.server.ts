import { error, redirect } from '@sveltejs/kit';
import { archiveCrew, changeCrew, createCrew, crew, crews, restoreCrew } from '#domains/produce/index.server.ts';
import { crewForm } from '#domains/produce/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

/** `/equipes-de-culture/nouvelle` adds one; `/equipes-de-culture/12` shows, changes or archives that one. */
export const load = async (event) => {
  const isNew = event.params.id === 'nouvelle';
  const { actor } = enter(event, isNew ? 'catalogue:change' : 'catalogue:read');
  if (isNew) return { crew: null, position: Math.max(0, ...(await crews(actor)).map(({ position }) => position)) + 1, mayChange: true };
  const found = await crew(actor, idIn(event.params.id));
  if (!found) error(404, { message: 'Cette équipe n’existe pas.' });
  return { crew: found, position: found.position, mayChange: can(actor, 'catalogue:change') };
};

export const actions = {
  save: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const form = await readForm(event, crewForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const isNew = event.params.id === 'nouvelle';
    const done = isNew ? await createCrew(actor, values) : await changeCrew(actor, idIn(event.params.id), version, values);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, isNew ? `L’équipe « ${values.name} » est ajoutée.` : `L’équipe « ${values.name} » est enregistrée.`);
    redirect(303, `/gestion/${garden.slug}/equipes-de-culture`);
  },

  archive: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const done = await archiveCrew(actor, idIn(event.params.id));
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’équipe est archivée.');
    redirect(303, `/gestion/${garden.slug}/equipes-de-culture`);
  },

  restore: async (event) => {
    const { actor, garden } = enter(event, 'catalogue:change');
    const id = idIn(event.params.id);
    const done = await restoreCrew(actor, id);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’équipe est de nouveau dans la liste.');
    redirect(303, `/gestion/${garden.slug}/equipes-de-culture/${id}`);
  },
};
