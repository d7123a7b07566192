import { addDays, type Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import type { Visit } from './answer.ts';
import { writeLater } from './letters.ts';
import { DRAFT_DAYS, findSignup, forgetOld, keepAnswers } from './store.ts';

/** Sends the way back to a draft, and keeps it from today on. */
export function sendLater(visit: Visit, email: string, link: string, today: Day): Promise<Outcome<null>> {
  requireRight(visit.actor, 'subscriptions:change');
  return inGarden(visit.actor, async (tx) => {
    const row = await findSignup(tx, visit);
    if (row?.state !== 'draft') return refuse('Il n’y a rien à garder : choisissez d’abord un panier.');
    await keepAnswers(tx, visit.actor.gardenId, visit.token, {});
    await writeLater(tx, visit.actor.gardenId, email, link, addDays(today, DRAFT_DAYS));
    return done(null);
  });
}

/** Every night: forgets drafts that were left on the way, and persons of sign-ups refused long ago. */
export function forgetOldSignups(actor: Actor): Promise<{ drafts: number; refused: number }> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, forgetOld);
}
