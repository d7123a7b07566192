import { error, redirect } from '@sveltejs/kit';
import { funder, funderStanding, noteReading, organisations, saveFunder } from '#domains/solidarity/index.server.ts';
import { funderForm } from '#domains/solidarity/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { parseDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

/** `/financeurs/nouveau` adds one; `/financeurs/12` shows and changes that one. */
export const load = async (event) => {
  const isNew = event.params.id === 'nouveau';
  const { actor, garden, today } = enter(event, isNew ? 'solidarity:change' : 'solidarity:read');
  const found = isNew ? null : await funder(actor, idIn(event.params.id));
  if (!isNew && !found) error(404, { message: 'Ce financeur n’existe pas.' });
  if (found) await noteReading(actor, 'funder', found.id, today);
  const on = parseDay(event.url.searchParams.get('au') ?? '') ?? today;
  return {
    on,
    standing: found && (await funderStanding(actor, found.id, on)),
    base: `/gestion/${garden.slug}/solidarite`,
    today,
    funder: found,
    organisations: await organisations(actor),
    mayChange: can(actor, 'solidarity:change'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, funderForm);
    if (!form.ok) return form.failure;
    const isNew = event.params.id === 'nouveau';
    const done = await saveFunder(actor, isNew ? null : idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `« ${form.value.name} » est ${isNew ? 'ajouté' : 'enregistré'}.`);
    redirect(303, `/gestion/${garden.slug}/solidarite/financeurs`);
  },
};
