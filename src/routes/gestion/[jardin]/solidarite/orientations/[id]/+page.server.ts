import { error, redirect } from '@sveltejs/kit';
import { acceptReferral, acceptRenewal, queueReferral, referralPage, refuseReferral } from '#domains/solidarity/index.server.ts';
import { acceptanceForm, refusalForm, renewalAcceptance, versionForm } from '#domains/solidarity/schema-referral.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const page = await referralPage(actor, idIn(event.params.id), today);
  if (!page) error(404, 'Cette orientation n’existe pas dans votre jardin.');
  return {
    base: `/gestion/${garden.slug}/solidarite`,
    ...page,
    may: { change: can(actor, 'solidarity:change'), customers: can(actor, 'customers:read') },
  };
};

export const actions = {
  accepter: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, acceptanceForm);
    if (!form.ok) return form.failure;
    const done = await acceptReferral(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'C’est fait : la personne a son abonnement, comme tout le monde, et elle est prévenue.');
    redirect(303, event.url.pathname);
  },
  renouveler: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, renewalAcceptance);
    if (!form.ok) return form.failure;
    const done = await acceptRenewal(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Le renouvellement est accepté : les paniers continuent, et la personne est prévenue.');
    redirect(303, event.url.pathname);
  },
  attente: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, versionForm);
    if (!form.ok) return form.failure;
    const done = await queueReferral(actor, idIn(event.params.id), form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La demande est en liste d’attente, à sa place.');
    redirect(303, event.url.pathname);
  },
  refuser: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, refusalForm);
    if (!form.ok) return form.failure;
    const done = await refuseReferral(actor, idIn(event.params.id), form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La réponse est enregistrée.');
    redirect(303, event.url.pathname);
  },
};
