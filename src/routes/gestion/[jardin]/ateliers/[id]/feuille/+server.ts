import { error } from '@sveltejs/kit';
import { attendanceSheet } from '#domains/workshops/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';

/** The sheet to be ticked and signed on the day. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'workshops:read');
  return answerPdf((await attendanceSheet(actor, idIn(event.params.id), today)) ?? error(404, 'Cet atelier n’existe pas.'));
};
