import type { Outcome, Refusal } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from './index.ts';
import { inGarden } from './tenancy.ts';

class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** A transaction of a garden that is taken back whole when the work refuses on its way. */
export async function allOrNothing<T>(actor: Actor, work: (tx: Tx) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await inGarden(actor, async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) throw new Undone(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}
