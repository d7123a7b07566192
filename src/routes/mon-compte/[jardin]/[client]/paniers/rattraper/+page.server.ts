import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { accountMakeUps, askOwn } from '#domains/account/index.server.ts';
import { weekIn } from '#domains/account/schema-baskets.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { refuse } from '#kernel/outcome.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  return { owed: await accountMakeUps(own, today), today };
};

const chosen = z.object({ abonnement: z.coerce.number().int(), semaine: z.string().transform(weekIn) });

export const actions = {
  default: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const form = await readForm(event, chosen);
    if (!form.ok) return form.failure;
    const { abonnement: subscriptionId, semaine: from } = form.value;
    if (!from) return refused(refuse('Choisissez le jour où vous voulez ce panier.'), form.values);
    const answer = await askOwn(own, { subscriptionId, from, wish: { kind: 'make_up', quantity: 1 } }, today);
    if (!answer.ok) return refused(answer, form.values);
    leaveFlash(event.cookies, `C’est fait. ${answer.value}`);
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}`);
  },
};
