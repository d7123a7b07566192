import { error, redirect } from '@sveltejs/kit';
import { archiveMembershipType, membershipType, saleAccounts, saveMembershipType } from '#domains/billing/index.server.ts';
import { membershipOn } from '#domains/billing/rules/membership.ts';
import { membershipTypeForm, membershipTypeIn } from '#domains/billing/schema-memberships.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

/** `/adhesions/nouveau` adds a kind; `/adhesions/12` changes or archives that one. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'billing:change');
  const isNew = event.params.id === 'nouveau';
  const [type, { accounts }] = await Promise.all([isNew ? null : membershipType(actor, idIn(event.params.id), today), saleAccounts(actor)]);
  if (!isNew && !type) error(404, { message: 'Ce type d’adhésion n’existe pas.' });
  return { type, accounts, today, offer: type && membershipOn(type, today) };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden, today } = enter(event, 'billing:change');
    const form = await readForm(event, membershipTypeForm);
    if (!form.ok) return form.failure;
    const isNew = event.params.id === 'nouveau';
    const saved = await saveMembershipType(actor, isNew ? null : idIn(event.params.id), membershipTypeIn(form.value), today);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, `« ${form.value.name} » est ${isNew ? 'ajoutée' : 'enregistrée'}.`);
    redirect(303, `/gestion/${garden.slug}/adhesions`);
  },

  archiver: async (event) => {
    const { actor, garden } = enter(event, 'billing:change');
    const done = await archiveMembershipType(actor, idIn(event.params.id), true);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Cette adhésion n’est plus proposée. Celles qui existent restent.');
    redirect(303, `/gestion/${garden.slug}/adhesions`);
  },

  reprendre: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const done = await archiveMembershipType(actor, idIn(event.params.id), false);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Cette adhésion est de nouveau proposée.');
    redirect(303, event.url.pathname);
  },
};
