import { firstDays } from '#domains/signup/index.server.ts';
import { startKept } from '#domains/signup/schema.ts';
import { answer, enterSignup, openStep } from '#edge/enter-signup.ts';
import { readForm } from '#edge/forms.ts';

export const load = async (event) => {
  const { at, page, frame } = await openStep(event, 'debut');
  const first = await firstDays(at.looking, page, at.today);
  return {
    ...frame,
    days: first.ok ? first.value.days : [],
    frequency: first.ok ? first.value.frequency : null,
    why: first.ok ? null : first.reason,
    chosen: page.answers.debut?.debut ?? (first.ok ? first.value.days[0]?.usualDate : undefined),
    awaiting: page.preview?.ok ? page.preview.value.awaiting : null,
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, startKept);
    return form.ok ? answer(event, at, 'debut', form.values) : form.failure;
  },
};
