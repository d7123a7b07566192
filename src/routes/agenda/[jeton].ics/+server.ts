import { error } from '@sveltejs/kit';
import { agendaAt, writeAgenda } from '#domains/account/index.server.ts';
import { today } from '#platform/clock.ts';
import { config } from '#platform/config.ts';
import type { RequestHandler } from './$types';

/** A customer's baskets for her calendar program, which signs in nowhere: the address is the secret. */
export const GET: RequestHandler = async ({ params }) => {
  const agenda = await agendaAt(params.jeton, today());
  if (!agenda) error(404, 'Cette adresse d’agenda n’existe pas, ou a été fermée.');
  return new Response(writeAgenda(agenda, config.publicUrl(), new Date()), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="paniers.ics"',
      'cache-control': 'private, max-age=900',
      'x-robots-tag': 'noindex',
    },
  });
};
