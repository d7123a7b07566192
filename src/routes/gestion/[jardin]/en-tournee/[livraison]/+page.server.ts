import { error, redirect } from '@sveltejs/kit';
import { markStop, round, unmarkStop } from '#domains/rounds/index.server.ts';
import { markForm } from '#domains/rounds/schema.ts';
import { keepFor } from '#edge/device.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'rounds:read');
  const found = await round(actor, idIn(event.params.livraison), today);
  if (!found) error(404, { message: 'Cette tournée n’existe pas.' });
  keepFor(event.cookies, actor.userId ?? '');
  return {
    base: `/gestion/${garden.slug}`,
    who: actor.userId ?? '',
    round: found,
    mayClose: can(actor, 'rounds:change') && !found.closed && found.date <= today,
    // Of the forms sent without JavaScript: one sent twice acts once.
    keys: Object.fromEntries(found.stops.map(({ slotId }) => [slotId, { done: crypto.randomUUID(), problem: crypto.randomUUID() }])),
  };
};

export const actions = {
  dire: async (event) => {
    const { actor, today } = enter(event, 'rounds:change');
    const form = await readForm(event, markForm);
    if (!form.ok) return form.failure;
    const { kind, slot: slotId, key, note, photo } = form.value;
    const id = idIn(event.params.livraison);
    const said =
      kind === 'undo'
        ? await unmarkStop(actor, id, key)
        : await markStop(
            actor,
            id,
            { kind, slotId, key, note, saidAt: null, photo: photo && new Uint8Array(await photo.arrayBuffer()) },
            today,
          );
    if (!said.ok) return refused(said, form.values);
    if (kind === 'problem') leaveFlash(event.cookies, 'Le problème est signalé au jardin.');
    redirect(303, `${event.url.pathname}#arret-${slotId}`);
  },
};
