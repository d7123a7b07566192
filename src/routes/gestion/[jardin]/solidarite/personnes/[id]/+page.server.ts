import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { endStay, noteRenewal, stayPage, toldByMouth } from '#domains/solidarity/index.server.ts';
import { endsSoon, mayRenew } from '#domains/solidarity/rules/referral.ts';
import { endForm, renewalForm } from '#domains/solidarity/schema-referral.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const stay = await stayPage(actor, idIn(event.params.id), today);
  if (!stay) error(404, 'Ce parcours n’existe pas dans votre jardin.');
  const change = can(actor, 'solidarity:change');
  return {
    base: `/gestion/${garden.slug}/solidarite`,
    customers: can(actor, 'customers:read') ? `/gestion/${garden.slug}/clients/${stay.customerId}` : null,
    stay,
    today,
    key: randomUUID(),
    may: {
      tell: change && !stay.told && !stay.renewed && endsSoon(stay, today),
      renew: change && !stay.renewed && stay.asked === null && mayRenew(stay, today),
      end: change && !stay.ended && stay.endsOn > today,
    },
  };
};

export const actions = {
  prevenue: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    await toldByMouth(actor, idIn(event.params.id), today);
    leaveFlash(event.cookies, 'C’est noté : la personne sait ce qui suit.');
    redirect(303, event.url.pathname);
  },
  renouveler: async (event) => {
    const { actor, garden, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, renewalForm);
    if (!form.ok) return form.failure;
    const noted = await noteRenewal(actor, idIn(event.params.id), form.value, today);
    if (!noted.ok) return refused(noted, form.values);
    leaveFlash(event.cookies, 'La demande est notée : il reste à l’accepter.');
    redirect(303, `/gestion/${garden.slug}/solidarite/orientations/${noted.value.id}`);
  },
  arreter: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, endForm);
    if (!form.ok) return form.failure;
    const done = await endStay(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'Le parcours s’arrête à cette date, et les paniers avec lui.');
    redirect(303, event.url.pathname);
  },
};
