import { optionsStep } from '#domains/signup/schema.ts';
import { answer, enterSignup, keepWrong, openStep } from '#edge/enter-signup.ts';
import { readForm } from '#edge/forms.ts';

export const load = async (event) => {
  const { page, frame } = await openStep(event, 'options');
  const { memberships, membershipNeeded, settings, raw } = page;
  const containers = page.containers;
  const first = memberships[0];
  return {
    ...frame,
    ...{ memberships, membershipNeeded, containers, topUp: settings.signupTopUp, topUpText: settings.signupTopUpText },
    deliveries: page.preview?.ok ? page.preview.value.baskets.length : 0,
    typed: {
      adhesion: membershipNeeded && first ? String(first.id ?? 'oui') : 'non',
      contenant: 'non',
      arrondi: '0',
      arrondiAutre: '',
      ...raw.options,
    },
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, optionsStep);
    if (form.ok) return answer(event, at, 'options', form.values);
    await keepWrong(event, at, 'options', form.failure.data.values);
    return form.failure;
  },
};
