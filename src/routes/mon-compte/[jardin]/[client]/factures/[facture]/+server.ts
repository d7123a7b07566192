import { error } from '@sveltejs/kit';
import { ownDocumentPdf } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';

/** One of the customer's own documents; anybody else's does not exist. */
export const GET = async (event) => {
  const { own } = await enterOwn(event);
  const pdf = await ownDocumentPdf(own, idIn(event.params.facture));
  if (!pdf) error(404, 'Cette facture n’existe pas, ou ce n’est pas la vôtre.');
  return answerPdf(pdf);
};
