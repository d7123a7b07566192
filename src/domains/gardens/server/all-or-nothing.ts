import { done, type Outcome, type Refusal } from '#kernel/outcome.ts';
import { database, type Tx } from '#platform/db/index.ts';

/** Carries a refusal out of a transaction, which only an exception undoes. */
class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** The value of a step, or the end of the whole transaction. */
export function orUndo<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Undone(outcome);
  return outcome.value;
}

/** Runs transactions whose steps may refuse (`orUndo`): the first refusal undoes all of them and is the answer. */
export async function undoingRefusals<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return done(await run());
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

/** Several commands in one transaction, all or nothing. */
export const allOrNothing = <T>(work: (tx: Tx) => Promise<T>): Promise<Outcome<T>> =>
  undoingRefusals(() => database().transaction().execute(work));
