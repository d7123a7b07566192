import { error } from '@sveltejs/kit';
import { stopMessages, stopPage } from '#domains/messages/index.server.ts';
import { refused } from '#edge/forms.ts';

/** What the link of a letter stops. Opening it stops nothing: mail programs open links by themselves to look at them. */
export const load = async ({ params }) => {
  const page = await stopPage(params.jeton);
  if (!page) error(404, 'Ce lien n’est pas complet, ou ne sert plus. Reprenez-le dans votre message.');
  return { page };
};

export const actions = {
  /** The button of the page, and the one request of mail programs (RFC 8058): both stop, nothing else is asked. */
  default: async ({ params, request }) => {
    const wanted = (await request.formData()).get('reprendre') === 'oui';
    const stopped = await stopMessages(params.jeton, wanted);
    if (!stopped.ok) return refused(stopped);
    return { done: true, wanted };
  },
};
