import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { offerHand, ownOffer, withdrawHand } from '#domains/account/index.server.ts';
import { moments, tasks } from '#domains/account/labels-baskets.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { own } = await enterOwn(event);
  return { offer: await ownOffer(own) };
};

const offered = z.object({
  taches: z.array(z.enum(tasks)).min(1, 'Cochez au moins une chose.'),
  moments: z.array(z.enum(moments)).default([]),
  mot: z.string().trim().max(500, 'Pas plus de 500 caractères.').default(''),
});

export const actions = {
  proposer: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, offered);
    if (!form.ok) return form.failure;
    const { taches, moments, mot } = form.value;
    const answer = await offerHand(own, { tasks: taches, moments, note: mot });
    if (!answer.ok) return refused(answer, form.values);
    leaveFlash(event.cookies, 'Merci ! Le jardin sait que vous pouvez aider, et pour quoi.');
    redirect(303, event.url.pathname);
  },
  arreter: async (event) => {
    const { own } = await enterOwn(event);
    const answer = await withdrawHand(own);
    if (!answer.ok) return refused(answer);
    leaveFlash(event.cookies, 'C’est noté : le jardin ne vous appellera plus pour un coup de main. Merci pour tout.');
    redirect(303, event.url.pathname);
  },
};
