import { rhythmStep } from '#domains/signup/schema.ts';
import { answer, enterSignup, keepWrong, openStep } from '#edge/enter-signup.ts';
import { readForm } from '#edge/forms.ts';

/** Quantities offered when the plan sets no limit: a household, or a few neighbours together. */
const MOST = 6;

export const load = async (event) => {
  const { page, frame } = await openStep(event, 'rythme');
  const { frequencies, basketCounts, minQuantity, maxQuantity, priceCents } = page.plan!;
  const most = Math.max(minQuantity, Math.min(maxQuantity ?? MOST, Math.max(MOST, minQuantity)));
  const quantities = Array.from({ length: most - minQuantity + 1 }, (_, index) => minQuantity + index);
  const typed = page.raw.rythme ?? {};
  return {
    ...frame,
    ...{ frequencies, basketCounts, quantities, priceCents },
    typed: {
      frequence: typed.frequence ?? frequencies[0]!,
      quantite: typed.quantite ?? String(minQuantity),
      nombre: typed.nombre ?? String(basketCounts[0] ?? ''),
    },
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, rhythmStep);
    if (form.ok) return answer(event, at, 'rythme', form.values);
    await keepWrong(event, at, 'rythme', form.failure.data.values);
    return form.failure;
  },
};
