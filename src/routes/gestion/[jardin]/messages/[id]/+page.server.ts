import { error, redirect } from '@sveltejs/kit';
import { messagePage, noteReturned, retryMessage } from '#domains/messages/index.server.ts';
import { returnForm } from '#domains/messages/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  const message = await messagePage(actor, idIn(event.params.id));
  if (!message) error(404, { message: 'Ce message n’existe pas.' });
  return {
    home: `/gestion/${garden.slug}`,
    message,
    mayChange: can(actor, 'messages:change'),
    seesCustomers: can(actor, 'customers:read'),
  };
};

export const actions = {
  renvoyer: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const tried = await retryMessage(actor, idIn(event.params.id));
    if (!tried.ok) return refused(tried);
    leaveFlash(event.cookies, 'Le message repart.');
    redirect(303, event.url.pathname);
  },
  revenu: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const form = await readForm(event, returnForm);
    if (!form.ok) return form.failure;
    const noted = await noteReturned(actor, idIn(event.params.id), form.value.raison);
    if (!noted.ok) return refused(noted, form.values);
    leaveFlash(event.cookies, `C’est noté : plus rien ne part vers ${noted.value.address}.`);
    redirect(303, event.url.pathname);
  },
};
