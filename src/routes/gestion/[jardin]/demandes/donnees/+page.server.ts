import { redirect } from '@sveltejs/kit';
import { accountRequests, eraseCustomer, refuseErasure, settleEndingDeposit } from '#domains/account/index.server.ts';
import { answerForm, depositForm } from '#domains/account/schema-self.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'customers:read');
  return {
    ...(await accountRequests(actor, today)),
    base: `/gestion/${garden.slug}`,
    change: can(actor, 'customers:change'),
    bill: can(actor, 'billing:change'),
  };
};

const here = ({ params }: { params: Partial<Record<string, string>> }) => `/gestion/${params.jardin}/demandes/donnees`;

export const actions = {
  effacer: async (event) => {
    const { actor, today } = enter(event, 'customers:change');
    const form = await readForm(event, answerForm);
    if (!form.ok) return form.failure;
    const { request, version, message } = form.value;
    const erased = await eraseCustomer(actor, request, { version, message }, today);
    if (!erased.ok) return refused(erased, form.values);
    leaveFlash(event.cookies, 'Les données sont effacées, et le client en est prévenu.');
    redirect(303, here(event));
  },
  refuser: async (event) => {
    const { actor } = enter(event, 'customers:change');
    const form = await readForm(event, answerForm);
    if (!form.ok) return form.failure;
    const { request, version, message } = form.value;
    const answered = await refuseErasure(actor, request, { version, message });
    if (!answered.ok) return refused(answered, form.values);
    leaveFlash(event.cookies, 'Votre réponse est envoyée.');
    redirect(303, here(event));
  },
  caution: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const form = await readForm(event, depositForm);
    if (!form.ok) return form.failure;
    const { request, version, fate } = form.value;
    const settled = await settleEndingDeposit(actor, request, { version, fate }, today);
    if (!settled.ok) return refused(settled, form.values);
    leaveFlash(
      event.cookies,
      fate === 'returned' ? 'La caution sera rendue avec sa prochaine facture.' : 'La caution est laissée au jardin.',
    );
    redirect(303, here(event));
  },
};
