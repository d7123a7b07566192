import { error } from '@sveltejs/kit';
import { ownReceipt } from '#domains/giving/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';

/** One of the customer's own tax receipts; anybody else's does not exist. */
export const GET = async (event) => {
  const { own } = await enterOwn(event);
  const pdf = await ownReceipt(own, idIn(event.params.recu));
  if (!pdf) error(404, 'Ce reçu n’existe pas, ou ce n’est pas le vôtre.');
  return answerPdf(pdf);
};
