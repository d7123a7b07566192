import { z } from 'zod';
import { limitedAddress } from '#edge/address.ts';
import { readForm } from '#edge/forms.ts';
import { addressOf } from '#edge/sign-in.ts';
import { requestPasswordLink } from '#platform/auth/accounts.ts';
import { allowTry } from '#platform/auth/limits.ts';

const asked = z.object({
  email: z.preprocess(
    (value) =>
      String(value ?? '')
        .trim()
        .toLowerCase(),
    z.email(),
  ),
});

export const actions = {
  /** The answer is the same for every address, with or without account, within the limits or not. */
  default: async (event) => {
    const form = await readForm(event, asked);
    if (!form.ok) return form.failure;
    const { email } = form.value;
    const allowed = (await allowTry('reset-from', limitedAddress(addressOf(event)), 20, 900)) && (await allowTry('reset', email, 3, 900));
    if (allowed) await requestPasswordLink(email);
    return { sentTo: email };
  },
};
