import { AccessDenied, type Actor } from './actor.ts';
import type { Right } from './rights.ts';

/**
 * A customer at home in « Mon compte »: one person, one record of a garden. `seenBy: 'staff'`: somebody of the garden looks at the account as the customer
 * sees it, and changes nothing there.
 */
export type Own = { gardenId: number; userId: string; customerId: number; seenBy: 'customer' | 'staff' };

/** Lends rights to what the customer asks for herself. Whoever calls has to keep to her own rows (`own.customerId`): the rights are the garden's. */
const lend = ({ gardenId, userId }: Pick<Own, 'gardenId' | 'userId'>, rights: Right[]): Actor => ({
  gardenId,
  userId,
  rights: new Set(rights),
});

/** First line of what reads one's own account. @returns an actor with the rights named, for the doors of other domains. */
export const lookOwn = (own: Own, ...rights: Right[]): Actor => lend(own, rights);

/** First line of what changes one's own account. @throws AccessDenied for staff who look at it. */
export function requireOwn(own: Own, ...rights: Right[]): Actor {
  if (own.seenBy !== 'customer') throw new AccessDenied('own');
  return lend(own, rights);
}

/**
 * Whoever opens a garden's public pages. The rights named are lent to what these pages show to everybody (places of collection, offers, what is published), and to
 * what they take in (a sign-up, a message): never to more.
 */
export const visitorOf = (gardenId: number, ...rights: Right[]): Actor => ({ gardenId, userId: null, rights: new Set(rights) });

/** Somebody of an organisation that sends people to a garden, in her own space: she sees those she sent, and what became of it; never money, nor anybody else. */
export type Prescribing = { gardenId: number; userId: string; personId: number; prescriberId: number };

/** First line of what a prescriber does. Whoever calls keeps to the people she sent (`who.personId`): rights are the garden's. */
export const asPrescriber = ({ gardenId, userId }: Prescribing, ...rights: Right[]): Actor => lend({ gardenId, userId }, rights);
