import { redirect } from '@sveltejs/kit';
import { archiveTill } from '#domains/accounting/index.server.ts';
import { archiveForm } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm } from '#edge/forms.ts';
import { now } from '#platform/clock.ts';

/** Makes the archive of some days, and answers it as a file; what cannot be is said on the page of the till. */
export const POST = async (event) => {
  const { actor, garden } = enter(event, 'accounting:change');
  const back = (text: string): never => {
    leaveFlash(event.cookies, text, 'attention');
    redirect(303, `/gestion/${garden.slug}/comptabilite/caisse`);
  };
  const form = await readForm(event, archiveForm);
  if (!form.ok) return back('Écrivez deux dates, la première avant la seconde.');
  const made = await archiveTill(actor, { ...form.value, now: now() });
  if (!made.ok) return back(made.reason);
  return new Response(made.value.content as BodyInit, { headers: fileHeaders(made.value.name, 'application/jsonl; charset=utf-8') });
};
