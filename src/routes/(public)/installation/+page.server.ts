import { fail, redirect } from '@sveltejs/kit';
import { gardensHere, install } from '#domains/gardens/index.server.ts';
import { networkExists } from '#domains/network/index.server.ts';
import { limitedAddress } from '#edge/address.ts';
import type { FormValues } from '#edge/forms.ts';
import { readForm } from '#edge/forms.ts';
import { fromThisMachine } from '#edge/loopback.ts';
import { sameSecret } from '#edge/same-secret.ts';
import { addressOf, askAuth } from '#edge/sign-in.ts';
import { allowTry } from '#platform/auth/limits.ts';
import { firstWrongStep, gardenOf, steps, withGarden, withoutGarden } from './wizard.ts';

export const load = async (event) => {
  if (await networkExists()) redirect(303, '/');
  const gardens = (await gardensHere()).map(({ name }) => name);
  return { needsCode: !fromThisMachine(event), steps: steps.map(({ label }) => ({ label })), gardens };
};

export const actions = {
  /** Every step posts all that was typed so far: nothing is kept on the server, nothing is lost. `step` is the one just filled, `goto` where to go. */
  default: async (event) => {
    if (await networkExists()) redirect(303, '/');
    const asked = await event.request.clone().formData();
    const step = Number(asked.get('step')) || 1;
    const goto = Number(asked.get('goto')) || step + 1;
    const form = (await gardensHere()).length > 0 ? await readForm(event, withoutGarden) : await readForm(event, withGarden);
    const values: FormValues = form.ok ? form.values : form.failure.data.values;
    const answer = (at: number, errors: Record<string, string> = {}, message = '') => {
      const shown = { step: at, values, errors, message };
      return message || Object.keys(errors).length ? fail(422, shown) : shown;
    };

    if (!fromThisMachine(event) && !(await codeIsRight(event, String(asked.get('installCode') ?? '')))) {
      delete values.installCode;
      return answer(
        1,
        { installCode: 'Ce n’est pas le code affiché au démarrage de Cocagne.' },
        'Le code d’installation n’est pas le bon.',
      );
    }
    if (goto < step) return answer(Math.max(1, goto));
    const errors = form.ok ? {} : form.failure.data.errors;
    const wrong = firstWrongStep(errors);
    if (wrong && wrong <= step) {
      const own = Object.fromEntries(
        Object.entries(errors).filter(([field]) => (steps[wrong - 1]!.fields as readonly string[]).includes(field)),
      );
      return answer(wrong, own, Object.keys(own).length > 1 ? 'Quelques champs sont à revoir.' : 'Un champ est à revoir.');
    }
    if (step < steps.length || !form.ok) return answer(Math.min(step + 1, steps.length));

    const { network, name, email, newPassword } = form.value;
    const done = await install({ network, garden: gardenOf(form.value), administrator: { name, email, password: newPassword } });
    if (!done.ok) return answer(step, done.fields ?? {}, done.reason);
    await askAuth(event, '/sign-in/email', { email, password: newPassword, rememberMe: true });
    redirect(303, `/gestion/${done.value.slug}`);
  },
};

/** Forty tries per quarter of an hour, steps and mistakes together: a code of six figures holds. */
async function codeIsRight(event: Parameters<typeof addressOf>[0], code: string): Promise<boolean> {
  return (
    (await allowTry('install', limitedAddress(addressOf(event)), 40, 900)) && sameSecret(code.trim(), process.env.COCAGNE_INSTALL_CODE)
  );
}
