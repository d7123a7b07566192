import { error, redirect } from '@sveltejs/kit';
import { followPayment, retryPayment } from '#domains/online/index.server.ts';
import { today } from '#platform/clock.ts';

/** How often the page looks again by itself: some two minutes in all, less and less. */
const tries = 20;
const seconds = (at: number) => (at < 6 ? 3 : 8);

/**
 * Where the browser comes back to. Nothing of its address is believed (`quitte` only changes the words): the provider is asked. While it knows nothing the page
 * looks again by itself, without a script.
 */
export const load = async ({ params, url, setHeaders }) => {
  const payment = await followPayment(params.jeton, today());
  if (!payment) error(404, 'Ce paiement n’existe pas.');
  const left = url.searchParams.has('quitte');
  const at = Math.min(tries, Math.max(0, Math.trunc(Number(url.searchParams.get('essai'))) || 0));
  const waits = payment.state === 'open' && !left;
  const looksAgain = waits && at < tries;
  if (looksAgain) setHeaders({ refresh: `${seconds(at)};url=${url.pathname}?essai=${at + 1}` });
  return { payment, left, waits, looksAgain, path: `/payer/${params.jeton}` };
};

export const actions = {
  default: async ({ params }) => {
    const path = await retryPayment(params.jeton);
    redirect(303, path ?? `/payer/${params.jeton}/retour`);
  },
};
