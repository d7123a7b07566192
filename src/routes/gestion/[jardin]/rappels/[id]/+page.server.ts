import { error, redirect } from '@sveltejs/kit';
import { reminderBatch, undoReminders } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'billing:read');
  const batch = await reminderBatch(actor, idIn(event.params.id));
  if (!batch) error(404, { message: 'Ces rappels n’existent pas dans votre jardin.' });
  return {
    base: `/gestion/${garden.slug}`,
    batch,
    mayUndo: can(actor, 'payments:change') && !batch.undone,
    opens: can(actor, 'customers:read'),
  };
};

export const actions = {
  annuler: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const undone = await undoReminders(actor, idIn(event.params.id));
    if (!undone.ok) return refused(undone);
    leaveFlash(event.cookies, `« ${undone.value.name} » est annulé : ces rappels pourront être proposés à nouveau.`);
    redirect(303, event.url.pathname);
  },
};
