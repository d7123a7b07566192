import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { putStepAside, reminderSteps } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'billing:read');
  return { base: `/gestion/${garden.slug}/rappels`, steps: await reminderSteps(actor), mayChange: can(actor, 'payments:change') };
};

const which = z.object({ id: z.coerce.number().int().positive() });
const put = (aside: boolean, said: string) => async (event: import('@sveltejs/kit').RequestEvent) => {
  const { actor } = enter(event, 'payments:change');
  const failure = await readAnd(event, which, ({ id }) => putStepAside(actor, id, aside));
  if (failure) return failure;
  leaveFlash(event.cookies, said);
  redirect(303, event.url.pathname);
};

export const actions = {
  archiver: put(true, 'L’étape est archivée : elle n’est plus proposée.'),
  reprendre: put(false, 'L’étape sert à nouveau.'),
};
