import { z } from 'zod';

/** What differs from one garden to another, with what a garden starts with. Stored in `garden.settings`; unknown keys are dropped. */
export const gardenSettings = z.object({
  /** Hours before the preparation day begins when a delivery freezes: nothing recomputes it any more. */
  cutoffHours: z.coerce.number().int().min(0).max(336).default(24),
  /** How customers are named on sheets. */
  sheetNames: z.enum(['full', 'short', 'number']).default('full'),
});

export type GardenSettings = z.infer<typeof gardenSettings>;

export const readSettings = (stored: unknown): GardenSettings => gardenSettings.parse(stored ?? {});
