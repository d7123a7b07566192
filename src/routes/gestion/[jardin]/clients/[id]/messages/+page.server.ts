import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { changePreferences, customerMessages } from '#domains/messages/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  const all = event.url.searchParams.get('tout') === 'oui';
  const messages = await customerMessages(actor, idIn(event.params.id), all ? 10_000 : undefined);
  if (!messages) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  return { home: `/gestion/${garden.slug}`, ...messages, mayChange: can(actor, 'messages:change') };
};

const ticked = z.preprocess((value) => value === 'on' || value === 'oui', z.boolean()).default(false);
const form = z.object({ reminder: ticked, news: ticked });

export const actions = {
  preferences: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const failure = await readAnd(event, form, (wanted) => changePreferences(actor, idIn(event.params.id), wanted, 'garden'));
    if (failure) return failure;
    leaveFlash(event.cookies, 'C’est noté.');
    redirect(303, event.url.pathname);
  },
};
