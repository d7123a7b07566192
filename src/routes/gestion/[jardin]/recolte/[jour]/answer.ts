import { type RequestEvent, redirect } from '@sveltejs/kit';
import { enter } from '#edge/enter.ts';
import { fileHeaders } from '#edge/export.ts';
import { leaveFlash } from '#edge/flash.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { dayIn } from './day.ts';

type Draw = (actor: Actor, about: { garden: string; day: Day; today: Day }) => Promise<Outcome<Buffer>>;

/** A list of the day as a PDF to look at and print. What is refused is said on the list's own page (`page`). */
export async function answerList(event: RequestEvent, draw: Draw, name: string, page: string): Promise<Response> {
  const { actor, garden, today } = enter(event, 'composition:read');
  const day = dayIn(event);
  const drawn = await draw(actor, { garden: garden.name, day, today });
  if (!drawn.ok) {
    leaveFlash(event.cookies, drawn.reason, 'attention');
    redirect(303, `/gestion/${garden.slug}/recolte/${day}/${page}`);
  }
  const body = new Uint8Array(drawn.value.buffer as ArrayBuffer, drawn.value.byteOffset, drawn.value.byteLength);
  // Browsers show a PDF with a viewer of theirs, which a sandboxed answer would not let them open.
  const policy = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" };
  return new Response(body, { headers: { ...fileHeaders(`${name}-${day}.pdf`, 'application/pdf', 'inline'), ...policy } });
}
