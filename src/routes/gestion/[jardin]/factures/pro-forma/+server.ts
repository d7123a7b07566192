import { error } from '@sveltejs/kit';
import { proForma } from '#domains/billing/index.server.ts';
import { invoiceForm } from '#domains/billing/schema-documents.ts';
import { enter } from '#edge/enter.ts';
import { readForm } from '#edge/forms.ts';
import { answerPdf } from '#edge/pdf.ts';

/** What stands in the form of a new invoice, as a pro forma: nothing is kept of it. */
export const POST = async (event) => {
  const { actor } = enter(event, 'billing:read');
  const form = await readForm(event, invoiceForm);
  if (!form.ok) error(422, 'Quelque chose manque pour faire cette pro forma : revenez à la facture et regardez les dates et les lignes.');
  const pdf = await proForma(actor, form.value);
  return pdf.ok ? answerPdf(pdf.value) : error(422, `${pdf.reason} Revenez à la facture pour les compléter.`);
};
