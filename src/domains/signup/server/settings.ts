import type { z } from 'zod';
import { readSettings, withSettings } from '#domains/gardens/settings.ts';
import type { signupSettings } from '#domains/gardens/settings-signup.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

export type SignupSettings = { [Key in keyof typeof signupSettings]: z.output<(typeof signupSettings)[Key]> };

const pick = (stored: unknown): SignupSettings => {
  const { signupOpen, signupApproval, signupTopUp, signupTopUpText, signupContainers, signupConditions } = readSettings(stored);
  return { signupOpen, signupApproval, signupTopUp, signupTopUpText, signupContainers, signupConditions };
};

/** How the garden takes sign-ups, with what to send back when it changes them. */
export function signupSettingsOf(actor: Actor): Promise<{ values: SignupSettings; base: string }> {
  requireRight(actor, 'settings:read');
  return readInGarden(actor, async (tx) => {
    const { settings } = await tx.selectFrom('garden').select('settings').where('id', '=', actor.gardenId).executeTakeFirstOrThrow();
    return { values: pick(settings), base: JSON.stringify(pick(settings)) };
  });
}

/** Changes them, if they still are as they were read (`base`). Sent twice, it acts once. */
export function saveSignupSettings(actor: Actor, wanted: SignupSettings, base: string): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  return inGarden(actor, async (tx) => {
    const stored = await tx
      .selectFrom('garden')
      .select(['settings', 'version'])
      .where('id', '=', actor.gardenId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const now = JSON.stringify(pick(stored.settings));
    if (now === JSON.stringify(wanted)) return done(null);
    if (now !== base)
      return refuse(
        'Quelqu’un d’autre a changé ces réglages entre-temps. Votre saisie est gardée : rechargez la page pour voir les siens.',
      );
    const settings = JSON.stringify(withSettings(stored.settings, wanted));
    await tx
      .updateTable('garden')
      .set({ settings, version: stored.version + 1 })
      .where('id', '=', actor.gardenId)
      .execute();
    return done(null);
  });
}
