import { error, redirect } from '@sveltejs/kit';
import { creditNote, documentPage } from '#domains/billing/index.server.ts';
import { documentKinds } from '#domains/billing/labels-documents.ts';
import { creditForm } from '#domains/billing/schema-documents.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'billing:change');
  const document = await documentPage(actor, idIn(event.params.id));
  if (!document) error(404, 'Cette facture n’existe pas dans votre jardin.');
  return { document, base: `/gestion/${garden.slug}/factures` };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'billing:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, creditForm);
    if (!form.ok) return form.failure;
    const { whole, note, lines } = form.value;
    const made = await creditNote(actor, id, today, { note, lines: whole === 'lines' ? lines : undefined });
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, `${documentKinds[made.value.kind]} ${made.value.number} : c’est fait.`);
    redirect(303, `/gestion/${garden.slug}/factures/${made.value.id}`);
  },
};
