import { error } from '@sveltejs/kit';
import { fec, fecFile } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';

const forms = {
  tab: 'text/plain; charset=iso-8859-15',
  bar: 'text/plain; charset=iso-8859-15',
  xml: 'application/xml; charset=utf-8',
} as const;

/** `?exercice=2026&forme=tab|bar|xml`: the FEC of the financial year that ends in 2026. */
export const GET = async (event) => {
  const { actor } = enter(event, 'accounting:read');
  const asked = event.url.searchParams.get('exercice') ?? '';
  if (!/^(19|20)\d\d$/.test(asked)) error(404, { message: 'Aucun exercice ne finit cette année-là.' });
  const form = event.url.searchParams.get('forme') ?? 'tab';
  const chosen = form in forms ? (form as keyof typeof forms) : 'tab';
  const made = await fec(actor, Number(asked));
  if (!made.ok) error(404, { message: made.reason });
  const ending = chosen === 'xml' ? 'xml' : 'txt';
  return new Response(fecFile(made.value, chosen) as BodyInit, { headers: fileHeaders(`${made.value.name}.${ending}`, forms[chosen]) });
};
