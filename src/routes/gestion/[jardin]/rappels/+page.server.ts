import { redirect } from '@sveltejs/kit';
import { proposedReminders, remind, reminderBatches } from '#domains/receivables/index.server.ts';
import { remindersForm } from '#domains/receivables/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  return {
    base: `/gestion/${garden.slug}`,
    proposal: await proposedReminders(actor, today),
    batches: (await reminderBatches(actor, { limit: 12 })).rows,
    /** All are ticked, unless one asks for none. */
    ticked: event.url.searchParams.get('coches') !== 'aucun',
    mayRemind: can(actor, 'payments:change'),
    opens: can(actor, 'customers:read'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const form = await readForm(event, remindersForm);
    if (!form.ok) return form.failure;
    const done = await remind(actor, form.value.qui, today);
    if (!done.ok) return refused(done, form.values);
    const { batchId, mails, letters, calls, left } = done.value;
    const said = [
      mails && (mails > 1 ? `${mails} e-mails partent` : 'Un e-mail part'),
      letters && (letters > 1 ? `${letters} lettres sont à imprimer` : 'une lettre est à imprimer'),
      calls && (calls > 1 ? `${calls} personnes sont à appeler` : 'une personne est à appeler'),
    ].filter(Boolean);
    const sentence = said.join(', ');
    leaveFlash(
      event.cookies,
      `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.${left ? ` ${left} laissé${left > 1 ? 's' : ''} de côté : réglé ou relancé entre-temps.` : ''}`,
    );
    redirect(303, `/gestion/${garden.slug}/rappels/${batchId}`);
  },
};
