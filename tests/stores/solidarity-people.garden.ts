import type { Outcome } from '../../src/kernel/outcome.ts';

/** The value of what was done; a refusal is a failure of the test. */
export const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.reason} ${JSON.stringify(outcome.fields ?? {})}`);
  return outcome.value;
};
