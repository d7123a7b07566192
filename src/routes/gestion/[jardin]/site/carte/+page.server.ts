import { redirect } from '@sveltejs/kit';
import { activities, activityLabels } from '#domains/gardens/settings-map.ts';
import { mapRecord, saveMapRecord } from '#domains/site/index.server.ts';
import { mapForm } from '#domains/site/schema-map.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'site:read');
  const { facts, ...record } = await mapRecord(actor, today);
  return {
    ...record,
    mayChange: can(actor, 'site:change'),
    choices: activities.map((value) => ({ value, label: activityLabels[value] })),
    shown: facts.garden,
    unplaced: facts.places.filter(({ latitude }) => latitude === null).map(({ id, name }) => ({ id, name })),
  };
};

export const actions = {
  save: async (event) => {
    const { actor, today, garden } = enter(event, 'site:change');
    const refusal = await readAnd(event, mapForm, (form) => saveMapRecord(actor, form, today));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'C’est enregistré, et la carte du réseau le dit déjà.');
    redirect(303, `/gestion/${garden.slug}/site/carte`);
  },
};
