import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { addressAsked, confirmAddress } from '#domains/account/index.server.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

/** Opened from a letter, on whatever device: the link says who. Looking at it changes nothing, since mail programs open links by themselves. */
export const load = async (event) => {
  const token = event.url.searchParams.get('jeton') ?? '';
  const asked = await addressAsked(token);
  return { token, asked: asked && { email: asked.email, garden: asked.garden, confirmed: asked.confirmed } };
};

const given = z.object({ jeton: z.string().max(200) });

export const actions = {
  default: async (event) => {
    const form = await readForm(event, given);
    if (!form.ok) return form.failure;
    const confirmed = await confirmAddress(form.value.jeton);
    if (!confirmed.ok) return refused(confirmed);
    leaveFlash(event.cookies, `C’est fait : vos messages iront désormais à ${confirmed.value.email}.`);
    const { home } = confirmed.value;
    redirect(303, event.locals.person ? home : `/connexion?suite=${encodeURIComponent(home)}`);
  },
};
