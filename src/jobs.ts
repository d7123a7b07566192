import { z } from 'zod';
import { advanceRun, carryUndoOn } from '#domains/billing/index.server.ts';
import { systemActor } from '#platform/access/actor.ts';
import { today } from '#platform/clock.ts';
import type { Tasks } from '#platform/jobs/worker.ts';

const run = z.object({ garden: z.number(), run: z.number() });

/** What the queue does for domains. Each may be asked twice, or again after an interruption: what was done is not done again. */
export const jobs: Tasks = {
  billing_run: async (payload) => {
    const asked = run.parse(payload);
    const actor = systemActor(asked.garden);
    await advanceRun(actor, asked.run);
    await carryUndoOn(actor, asked.run, today());
  },
};
