import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';

/** The lock of planBaskets, taken before looking: what is checked then (capacity, caps, states) stays true until it is written. */
export const lockPlan = (tx: Tx, gardenId: number) => sql`select pg_advisory_xact_lock(1, ${gardenId})`.execute(tx);
