import type { RequestEvent } from '@sveltejs/kit';
import { now } from '#platform/clock.ts';
import { enterAsPerson } from './enter.ts';

const told = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Europe/Paris' });

/** Who agrees, when, and from where, as the server sees it: the browser tells nothing of it but its own name, kept short. */
export function consentOf(event: RequestEvent): { person: string; email: string; at: string; address: string; agent: string } {
  const { name, email } = enterAsPerson(event);
  return {
    person: name,
    email,
    at: `${told.format(now()).replace(' ', ' à ')} (heure de Paris)`,
    address: event.getClientAddress(),
    agent: (event.request.headers.get('user-agent') ?? '').slice(0, 300),
  };
}
