import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { agreeOwn, enrolOwn, ownWorkshops, withdrawOwn } from '#domains/workshops/index.server.ts';
import { enrolmentSchema, ownAnswerSchema, ownEnrolSchema } from '#domains/workshops/schema.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const { coming, past } = await ownWorkshops(own, today);
  // One for each: a form sent twice enrols once.
  return { coming: coming.map((one) => ({ ...one, token: randomUUID() })), past };
};

export const actions = {
  inscrire: async (event) => {
    const { own, today } = await enterOwn(event);
    const form = await readForm(event, ownEnrolSchema);
    if (!form.ok) return form.failure;
    const done = await enrolOwn(own, form.value, today);
    if (!done.ok) return refused(done, form.values);
    const has = done.value.state === 'enrolled';
    leaveFlash(
      event.cookies,
      has ? 'Votre place est gardée. À bientôt !' : 'C’est complet pour l’instant : vous êtes sur la liste d’attente, nous vous écrirons.',
      has ? 'success' : 'info',
    );
    redirect(303, event.url.pathname);
  },
  desinscrire: async (event) => {
    const { own, today } = await enterOwn(event);
    const failed = await readAnd(event, enrolmentSchema, ({ enrolment }) => withdrawOwn(own, enrolment, today));
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est noté : votre place est rendue. Merci de l’avoir dit.');
    redirect(303, event.url.pathname);
  },
  photos: async (event) => {
    const { own } = await enterOwn(event);
    const failed = await readAnd(event, ownAnswerSchema, ({ enrolment, agreed }) => agreeOwn(own, enrolment, agreed));
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est noté pour les photos. Vous pouvez changer d’avis à tout moment.');
    redirect(303, event.url.pathname);
  },
};
