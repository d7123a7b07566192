import { planStep } from '#domains/signup/schema.ts';
import { answer, enterSignup, openStep, stepAddress } from '#edge/enter-signup.ts';
import { readForm } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { at, page, frame } = await openStep(event, 'panier');
  const asked = event.url.searchParams;
  const wanted = idAsked(asked.get('formule')) ?? page.plan?.id;
  const plans = page.plans.map((plan) => ({ ...plan, chosen: plan.id === wanted }));
  return {
    ...frame,
    head: { ...frame.head, hidden: !at.site.published },
    open: at.site.settings.signupOpen,
    plans: plans.toSorted((one, other) => Number(other.chosen) - Number(one.chosen)),
    depot: idAsked(asked.get('depot')) ?? null,
    resume: page.plan ? stepAddress(at.root, page.next) : null,
    signIn: `${at.base === '' ? config.publicUrl() : ''}/connexion?suite=${encodeURIComponent(event.url.pathname + event.url.search)}`,
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, planStep);
    return form.ok ? answer(event, at, 'panier', form.values) : form.failure;
  },
};
