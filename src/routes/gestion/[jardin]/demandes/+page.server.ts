import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { answerException, exceptions } from '#domains/account/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:read');
  const may = { answer: can(actor, 'subscriptions:change'), customers: can(actor, 'customers:read') };
  return { base: `/gestion/${garden.slug}`, today, may, ...(await exceptions(actor, today)) };
};

const answered = z.object({
  demande: z.coerce.number().int(),
  reponse: z.enum(['oui', 'non'], { error: 'Acceptez, ou refusez.' }),
  message: z.string().trim().max(1000, 'Pas plus de 1 000 caractères.').default(''),
  beyond: z.string().optional(),
});

export const actions = {
  default: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, answered);
    if (!form.ok) return form.failure;
    const { demande: id, reponse, message: answer, beyond } = form.value;
    const outcome = await answerException(actor, { id, accept: reponse === 'oui', answer, beyond: beyond === 'on' }, today);
    if (!outcome.ok) return refused(outcome, form.values);
    const { customer, state } = outcome.value;
    leaveFlash(
      event.cookies,
      state === 'accepted' ? `C’est accepté et fait. ${customer} en est averti.` : `C’est refusé. ${customer} en est averti.`,
    );
    redirect(303, event.url.pathname);
  },
};
