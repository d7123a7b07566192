import { error } from '@sveltejs/kit';
import { receiptsPdf } from '#domains/giving/index.server.ts';
import { enter } from '#edge/enter.ts';
import { answerPdf } from '#edge/pdf.ts';

/** The receipts of a year that were not handed over, to be printed: `?annee=2026`. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'giving:read');
  const asked = Number(event.url.searchParams.get('annee'));
  const pdf = await receiptsPdf(actor, Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : Number(today.slice(0, 4)));
  if (!pdf) error(404, 'Aucun reçu de cette année ne reste à remettre.');
  return answerPdf(pdf);
};
