import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { refer } from '#domains/solidarity/index.server.ts';
import { referralForm } from '#domains/solidarity/schema-referral.ts';
import { enterPrescriber } from '#edge/enter-prescriber.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { base, space, today } = await enterPrescriber(event);
  return { base, garden: space.gardenName, today, key: randomUUID() };
};

export const actions = {
  default: async (event) => {
    const { who, base, space, today } = await enterPrescriber(event);
    const form = await readForm(event, referralForm);
    if (!form.ok) return form.failure;
    const sent = await refer(who, form.value, today);
    if (!sent.ok) return refused(sent, form.values);
    leaveFlash(event.cookies, `C’est envoyé. ${space.gardenName} vous répond par e-mail.`);
    redirect(303, `${base}/${sent.value.id}`);
  },
};
