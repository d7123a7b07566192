import { redirect } from '@sveltejs/kit';
import { addRecipient, changeRecipient, recipientsPage, setRecipientArchived } from '#domains/giving/index.server.ts';
import { newRecipient, recipientAsked, recipientChange } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const base = `/gestion/${garden.slug}`;
  return { ...(await recipientsPage(actor, today)), base, slug: garden.slug, mayChange: can(actor, 'giving:change') };
};

export const actions = {
  ajouter: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, newRecipient);
    if (!form.ok) return form.failure;
    const added = await addRecipient(actor, form.value);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, 'L’organisation est proposée à qui donne son panier.');
    redirect(303, event.url.pathname);
  },
  changer: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, recipientChange);
    if (!form.ok) return form.failure;
    const { recipient, version, ...values } = form.value;
    const changed = await changeRecipient(actor, recipient, version, values);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'C’est noté pour les prochains paniers donnés.');
    redirect(303, event.url.pathname);
  },
  retirer: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const failure = await readAnd(event, recipientAsked, ({ recipient }) => setRecipientArchived(actor, recipient, true, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'L’organisation n’est plus proposée. Les paniers déjà donnés lui reviennent.');
    redirect(303, event.url.pathname);
  },
  remettre: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const failure = await readAnd(event, recipientAsked, ({ recipient }) => setRecipientArchived(actor, recipient, false, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'L’organisation est proposée à nouveau.');
    redirect(303, event.url.pathname);
  },
};
