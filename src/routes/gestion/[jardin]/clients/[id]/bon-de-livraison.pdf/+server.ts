import { error } from '@sveltejs/kit';
import { deliveryNote } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { answerPdf } from '#edge/pdf.ts';
import { addDays, parseDay } from '#kernel/day.ts';

/** What this customer was delivered between two days, the last month when the address says none. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'billing:read');
  const asked = (name: string) => parseDay(event.url.searchParams.get(name) ?? '');
  const until = asked('au') ?? today;
  const pdf = await deliveryNote(actor, idIn(event.params.id), { from: asked('du') ?? addDays(until, -30), until, today });
  return pdf.ok ? answerPdf(pdf.value) : error(404, pdf.reason);
};
