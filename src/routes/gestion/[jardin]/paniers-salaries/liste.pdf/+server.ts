import { paySheet } from '#domains/employees/index.server.ts';
import { enter } from '#edge/enter.ts';
import { answerPdf } from '#edge/pdf.ts';
import { monthAsked } from '../month.ts';

/** The list of a month, to be signed and given to payroll. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'employees:read');
  return answerPdf(await paySheet(actor, monthAsked(event.url, today), today));
};
