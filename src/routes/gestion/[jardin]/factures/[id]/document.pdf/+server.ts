import { error } from '@sveltejs/kit';
import { documentPdf } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';

/** The document as it was issued. */
export const GET = async (event) => {
  const { actor } = enter(event, 'billing:read');
  const pdf = await documentPdf(actor, idIn(event.params.id));
  return pdf ? answerPdf(pdf) : error(404, 'Cette facture n’existe pas.');
};
