import { error } from '@sveltejs/kit';
import { receiptPdf } from '#domains/giving/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';

export const GET = async (event) => {
  const { actor } = enter(event, 'giving:read');
  const pdf = await receiptPdf(actor, idIn(event.params.id));
  if (!pdf) error(404, 'Ce reçu n’existe pas dans votre jardin.');
  return answerPdf(pdf);
};
