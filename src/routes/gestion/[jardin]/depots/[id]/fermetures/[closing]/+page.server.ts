import { error, redirect } from '@sveltejs/kit';
import { closingRecord, reopenSlot } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const found = await closingRecord(actor, idIn(event.params.closing));
  if (!found || found.closing.depotId !== idIn(event.params.id)) error(404, { message: 'Cette fermeture n’existe plus.' });
  return { ...found, over: found.closing.withdrawn || found.closing.until < today };
};

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'logistics:change');
    const told = await reopenSlot(actor, idIn(event.params.closing), { today, mode: 'preview' });
    return told.ok ? { preview: told.value } : refused(told);
  },
  rouvrir: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const done = await reopenSlot(actor, idIn(event.params.closing), { today, mode: 'apply' });
    if (!done.ok) return refused(done);
    leaveFlash(
      event.cookies,
      'Le dépôt est rouvert : les paniers y reviennent. Aucun message n’est parti : prévenez les personnes concernées.',
    );
    redirect(303, `/gestion/${garden.slug}/depots/${idIn(event.params.id)}`);
  },
};
