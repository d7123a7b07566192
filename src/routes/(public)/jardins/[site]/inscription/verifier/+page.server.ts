import { redirect } from '@sveltejs/kit';
import { sendSignup } from '#domains/signup/index.server.ts';
import { sayMissing } from '#domains/signup/labels.ts';
import { sendStep } from '#domains/signup/schema.ts';
import { limitedAddress } from '#edge/address.ts';
import { enterSignup, limited, momentOf, openStep, stepAddress } from '#edge/enter-signup.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { addressOf } from '#edge/sign-in.ts';

export const load = async (event) => {
  const { page, frame } = await openStep(event, 'verifier');
  const { answers, me, mark, settings, journey, preview } = page;
  const { vous, paiement } = answers;
  return {
    ...frame,
    mark,
    waits: journey.waits,
    approval: settings.signupApproval,
    conditions: settings.signupConditions,
    full: !journey.waits && preview?.ok && preview.value.full !== null,
    person: me
      ? { name: `${me.firstName} ${me.lastName}`.trim(), lines: [me.email, me.phone, me.address].filter(Boolean), own: true }
      : {
          name: `${vous!.prenom} ${vous!.nom}`,
          lines: [vous!.email, vous!.telephone, `${vous!.adresse}, ${vous!.codePostal} ${vous!.ville}`],
          own: false,
        },
    payment: paiement && {
      moyen: paiement.moyen,
      account: paiement.moyen !== 'direct_debit' ? null : paiement.mandat ? me!.account : paiement.iban.slice(-4),
    },
    edit: Object.fromEntries(page.way.map((step) => [step, stepAddress(frame.root, step)])),
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const { looking, root, today } = at;
    const form = await readForm(event, sendStep);
    if (!form.ok) return form.failure;
    const values = { accord: form.values.accord ?? '' };
    // A field that nobody sees was filled: by a machine, which is told that all is well.
    if (form.value.site !== '') redirect(303, root);
    if (!looking.token) redirect(303, root);
    const may = await limited('inscription-envoi', `${at.site.gardenId} ${limitedAddress(addressOf(event))}`, 40);
    if (!may.ok) return refused(may, values);
    const sending = { seen: form.value.vu, agreed: form.value.accord, moment: momentOf(event), userId: event.locals.person?.id ?? null };
    const sent = await sendSignup({ ...looking, token: looking.token }, sending, today);
    if (!sent.ok) return refused(sent, values);
    if (!('missing' in sent.value)) redirect(303, `${root}/merci`);
    // She was at the end: what is asked again must not look like a form that lost her answers.
    leaveFlash(event.cookies, sayMissing(sent.value.missing), 'attention');
    redirect(303, stepAddress(root, sent.value.missing));
  },
};
