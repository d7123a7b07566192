import { error, redirect } from '@sveltejs/kit';
import { changeDonor, donorPage, endRegular } from '#domains/giving/index.server.ts';
import { donorForm, regularAsked } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'giving:read');
  const page = await donorPage(actor, idIn(event.params.id));
  if (!page) error(404, 'Ce donateur n’existe pas dans votre jardin.');
  const home = `/gestion/${garden.slug}`;
  return {
    ...page,
    home,
    base: `${home}/dons`,
    mayChange: can(actor, 'giving:change'),
    seesCustomer: can(actor, 'customers:read'),
  };
};

export const actions = {
  modifier: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, donorForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const changed = await changeDonor(actor, idIn(event.params.id), version, values);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'La fiche du donateur est enregistrée.');
    redirect(303, event.url.pathname);
  },
  arreter: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const failure = await readAnd(event, regularAsked, ({ regular }) => endRegular(actor, idIn(event.params.id), regular, today));
    if (failure) return failure;
    leaveFlash(event.cookies, 'Ce don régulier est arrêté.');
    redirect(303, event.url.pathname);
  },
};
