import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { type SheetKind, sheet } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { leaveFlash } from '#edge/flash.ts';
import { parseDay } from '#kernel/day.ts';

/** As the files are called. */
const names: Record<SheetKind, string> = {
  preparation: 'preparation',
  route: 'route',
  changes: 'changements',
  depots: 'depots',
  labels: 'etiquettes',
};

const asked: Record<string, 'basket' | 'crate' | undefined> = { panier: 'basket', caisse: 'crate' };

/**
 * A day's sheet: a PDF to look at and print, or a workbook to keep with `?format=xlsx`; `?tournee=ME1` for one tour alone, `?par=panier` or `caisse` for
 * other labels than the garden's own. What is refused is said on the page that offers sheets.
 */
export async function answerSheet(event: RequestEvent, kind: SheetKind): Promise<Response> {
  const { actor, garden, today } = enter(event, 'preparation:read');
  const date = parseDay(event.params.date ?? '');
  if (!date) error(404, { message: 'Cette date n’existe pas.' });
  const tour = event.url.searchParams.get('tournee') || undefined;
  const format = event.url.searchParams.get('format') === 'xlsx' ? 'xlsx' : 'pdf';
  const labelFor = asked[event.url.searchParams.get('par') ?? ''];
  const done = await sheet(actor, kind, { date, today, tour, labelFor }, format);
  if (done.ok) {
    const name = [names[kind], date, tour].filter(Boolean).join('-');
    // Browsers show a PDF with a viewer of theirs, which a sandboxed answer would not let them open.
    const policy = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" };
    const headers =
      format === 'pdf'
        ? { ...fileHeaders(`${name}.pdf`, 'application/pdf', 'inline'), ...policy }
        : fileHeaders(`${name}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    const body = new Uint8Array(done.value.buffer as ArrayBuffer, done.value.byteOffset, done.value.byteLength);
    return new Response(body, { headers: { ...headers, 'content-length': String(body.byteLength) } });
  }
  if (event.request.headers.get('accept')?.includes('text/html')) {
    leaveFlash(event.cookies, done.reason, 'attention');
    redirect(303, `/gestion/${garden.slug}/feuilles`);
  }
  return new Response(done.reason, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
