import { error, redirect } from '@sveltejs/kit';
import { openPayment } from '#domains/online/index.server.ts';

/** Between our form and the provider's page: goes on by itself. Whoever has the address may pay: nothing else is shown of the customer. */
export const load = async ({ params, setHeaders }) => {
  const opening = await openPayment(params.jeton);
  if (!opening) error(404, 'Ce paiement n’existe pas.');
  if (opening.step === 'over') redirect(303, `/payer/${params.jeton}/retour`);
  if (opening.step === 'go') setHeaders({ refresh: `0;url=${opening.address}` });
  if (opening.step === 'wait') setHeaders({ refresh: '2' });
  return { opening };
};
