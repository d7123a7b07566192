import { error, redirect } from '@sveltejs/kit';
import { declineOwn, ownRenewal, renewOwn } from '#domains/account/index.server.ts';
import { declineForm, renewForm } from '#domains/account/schema-self.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { sayDayAndYear } from '#kernel/day.ts';

export const load = async (event) => {
  const { own, garden, today } = await enterOwn(event);
  const renewal = await ownRenewal(own, idIn(event.params.abo), today);
  if (!renewal) {
    // Said already, from a letter opened twice: the list tells where it stands.
    if (event.request.method === 'GET') redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/abonnements`);
    error(404, 'Cet abonnement n’est pas à renouveler.');
  }
  return renewal;
};

export const actions = {
  oui: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const form = await readForm(event, renewForm);
    if (!form.ok) return form.failure;
    const renewed = await renewOwn(own, idIn(event.params.abo), form.value.seen, today);
    if (!renewed.ok) return refused(renewed);
    leaveFlash(event.cookies, 'Merci ! Votre abonnement est renouvelé, une lettre vous le confirme.');
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/abonnements`);
  },
  non: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const form = await readForm(event, declineForm);
    if (!form.ok) return form.failure;
    const ended = await declineOwn(own, idIn(event.params.abo), form.value.version, today);
    if (!ended.ok) return refused(ended);
    leaveFlash(
      event.cookies,
      `C’est noté : votre abonnement s’arrêtera le ${sayDayAndYear(ended.value.endsOn)}. Merci pour le chemin fait ensemble.`,
    );
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/abonnements`);
  },
};
