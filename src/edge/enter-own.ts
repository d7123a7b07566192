import type { RequestEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { lookAtAccount } from '#domains/account/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';
import type { Own } from '#platform/access/own.ts';
import type { Right } from '#platform/access/rights.ts';
import { type HomeRecord, recordsOf } from '#platform/auth/at-home.ts';
import { today } from '#platform/clock.ts';
import { enterAsPerson } from './enter.ts';

export type AtHome = { own: Own; garden: Pick<HomeRecord, 'gardenId' | 'slug' | 'gardenName' | 'accent' | 'settings'>; today: Day };

/** What an account shows: staff who may not read all of it on their own pages do not read it here. */
export const shownAtHome: Right[] = ['customers:read', 'subscriptions:read', 'billing:read', 'payments:read'];

const elsewhere = 'Cette page n’existe pas, ou ce compte n’est pas le vôtre.';

/**
 * First line of every `load`, action and endpoint under `/mon-compte/[jardin]/[client]`: the customer herself, or staff of the garden who may read
 * what it shows, and look at the account as she sees it, which is noted. Signed out: redirects to the sign-in page. Anybody else: 404, as if it did not exist.
 */
export async function enterOwn(event: RequestEvent): Promise<AtHome> {
  const person = enterAsPerson(event);
  const { jardin = '', client = '' } = event.params as Partial<Record<string, string>>;
  const customerId = Number(client);
  const found = (await recordsOf(person.id)).find((one) => one.slug === jardin && one.customerId === customerId);
  if (found) return { own: { gardenId: found.gardenId, userId: person.id, customerId, seenBy: 'customer' }, garden: found, today: today() };
  const { garden, actor } = event.locals;
  if (!garden || !actor || !shownAtHome.every((right) => can(actor, right)) || !Number.isSafeInteger(customerId)) error(404, elsewhere);
  if (!(await lookAtAccount(actor, customerId, today()))) error(404, elsewhere);
  const { id: gardenId, slug, name: gardenName, accent, settings } = garden;
  return {
    own: { gardenId, userId: person.id, customerId, seenBy: 'staff' },
    garden: { gardenId, slug, gardenName, accent, settings },
    today: today(),
  };
}
