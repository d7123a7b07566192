import { error, redirect } from '@sveltejs/kit';
import { agreement, endAgreement } from '#domains/employees/index.server.ts';
import { endSchema } from '#domains/employees/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'employees:read');
  const found = (await agreement(actor, idIn(event.params.id))) ?? error(404, { message: 'Cette autorisation n’existe pas.' });
  return { agreement: found, today, mayChange: can(actor, 'employees:change') };
};

export const actions = {
  default: async (event) => {
    const { actor } = enter(event, 'employees:change');
    const failed = await readAnd(event, endSchema, (asked) => endAgreement(actor, idIn(event.params.id), asked));
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est noté : plus rien n’est retenu après ce mois.');
    redirect(303, event.url.pathname);
  },
};
