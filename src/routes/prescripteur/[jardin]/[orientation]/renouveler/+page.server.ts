import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { askRenewal, sentPerson } from '#domains/solidarity/index.server.ts';
import { renewalForm } from '#domains/solidarity/schema-referral.ts';
import { enterPrescriber } from '#edge/enter-prescriber.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { who, base, today } = await enterPrescriber(event);
  const sent = await sentPerson(who, idIn(event.params.orientation), today);
  if (!sent) error(404, 'Cette orientation n’est pas dans votre espace.');
  return { base, sent, today, key: randomUUID() };
};

export const actions = {
  default: async (event) => {
    const { who, base, space, today } = await enterPrescriber(event);
    const form = await readForm(event, renewalForm);
    if (!form.ok) return form.failure;
    const asked = await askRenewal(who, idIn(event.params.orientation), form.value, today);
    if (!asked.ok) return refused(asked, form.values);
    leaveFlash(event.cookies, `Le renouvellement est demandé. ${space.gardenName} vous répond par e-mail.`);
    redirect(303, `${base}/${asked.value.id}`);
  },
};
