import { error, redirect } from '@sveltejs/kit';
import { addPerson, changePrescriber, endPerson, prescriberPage, setPrescriberAside } from '#domains/solidarity/index.server.ts';
import { personForm, personLeaves, prescriberForm } from '#domains/solidarity/schema-referral.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'solidarity:read');
  const page = await prescriberPage(actor, idIn(event.params.id));
  if (!page) error(404, 'Ce prescripteur n’existe pas dans votre jardin.');
  return { base: `/gestion/${garden.slug}/solidarite/prescripteurs`, ...page, mayChange: can(actor, 'solidarity:change') };
};

export const actions = {
  modifier: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, prescriberForm);
    if (!form.ok) return form.failure;
    const done = await changePrescriber(actor, idIn(event.params.id), form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'C’est enregistré.');
    redirect(303, event.url.pathname);
  },
  ouvrir: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, personForm);
    if (!form.ok) return form.failure;
    const done = await addPerson(actor, idIn(event.params.id), form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'L’espace est ouvert : un e-mail est parti à cette adresse.');
    redirect(303, event.url.pathname);
  },
  fermer: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, personLeaves);
    if (!form.ok) return form.failure;
    const done = await endPerson(actor, idIn(event.params.id), form.value.personne, form.value.suite || null);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'L’accès est retiré.');
    redirect(303, event.url.pathname);
  },
  ranger: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    await setPrescriberAside(actor, idIn(event.params.id), true);
    leaveFlash(event.cookies, 'La structure est mise de côté : plus personne n’y entre dans son espace.');
    redirect(303, event.url.pathname);
  },
  reprendre: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    await setPrescriberAside(actor, idIn(event.params.id), false);
    leaveFlash(event.cookies, 'La structure est reprise.');
    redirect(303, event.url.pathname);
  },
};
