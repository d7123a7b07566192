import { error } from '@sveltejs/kit';
import { proFormaToDate } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';

/** What this customer would be billed today. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'billing:read');
  const pdf = await proFormaToDate(actor, idIn(event.params.id), today);
  return pdf.ok ? answerPdf(pdf.value) : error(404, pdf.reason);
};
