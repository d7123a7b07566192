import { error } from '@sveltejs/kit';
import { documentsPdf } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { answerPdf } from '#edge/pdf.ts';
import { documentsAsked } from '../asked.ts';

/** The documents of the list in one file, to be printed. */
export const GET = async (event) => {
  const { actor } = enter(event, 'billing:read');
  const pdf = await documentsPdf(actor, documentsAsked(event.url.searchParams));
  return pdf ? answerPdf(pdf) : error(404, 'Aucune facture ne répond à cette recherche.');
};
