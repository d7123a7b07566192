import { z } from 'zod';
import { debitGiven, debitSettings } from './settings-debit.ts';
import { debtGiven, debtSettings } from './settings-debt.ts';
import { legalGiven, legalSettings } from './settings-legal.ts';
import { mapGiven, mapSettings } from './settings-map.ts';
import { marginGiven, marginSettings } from './settings-margin.ts';
import { openingGiven, openingSettings } from './settings-opening.ts';
import { packingGiven, packingSettings } from './settings-packing.ts';
import { proposalGiven, proposalSettings } from './settings-proposal.ts';
import { publishedGiven, publishedSettings } from './settings-published.ts';
import { roadGiven, roadSettings } from './settings-roads.ts';
import { signupGiven, signupSettings } from './settings-signup.ts';

const none = z.preprocess((value) => (value === '' || value === null ? null : value), z.coerce.number().int().min(0).max(9999).nullable());

/** What differs from one garden to another, with what a garden starts with. Stored in `garden.settings`; unknown keys are dropped. */
export const gardenSettings = z.object({
  /** Hours before the preparation day begins when a delivery freezes: nothing recomputes it any more. */
  cutoffHours: z.coerce.number().int().min(0).max(336).default(24),
  /** How customers are named on sheets. */
  sheetNames: z.enum(['full', 'short', 'number']).default('full'),
  /** Which bank holidays are proposed in the calendar. */
  holidays: z.enum(['metropole', 'alsace_moselle', 'reunion']).default('metropole'),
  /** What a new subscription waits for before it gives baskets. */
  startsWhen: z.enum(['nothing', 'payment', 'contract']).default('nothing'),
  /** How many baskets may be doubled in one delivery, all depots together; null: no limit. A delivery may have its own. */
  doubledCap: none.default(null),
  /** Days during which an offered place is kept for somebody of the waiting list. */
  offerDays: z.coerce.number().int().min(1).max(60).default(7),
  /** Weeks before its end when a subscription is to be renewed. */
  renewalWeeks: z.coerce.number().int().min(1).max(26).default(8),
  ...debtSettings,
  ...legalSettings,
  ...debitSettings,
  ...mapSettings,
  ...marginSettings,
  ...openingSettings,
  ...packingSettings,
  ...proposalSettings,
  ...publishedSettings,
  ...roadSettings,
  ...signupSettings,
});

export type GardenSettings = z.infer<typeof gardenSettings>;

export const readSettings = (stored: unknown): GardenSettings => gardenSettings.parse(stored ?? {});

const { shape } = gardenSettings;
/** What a form of settings may send: those it leaves out are left as they are, none goes back to its beginning. */
export const settingsGiven = {
  cutoffHours: shape.cutoffHours.unwrap().optional(),
  sheetNames: shape.sheetNames.unwrap().optional(),
  holidays: shape.holidays.unwrap().optional(),
  startsWhen: shape.startsWhen.unwrap().optional(),
  doubledCap: shape.doubledCap.unwrap().optional(),
  offerDays: shape.offerDays.unwrap().optional(),
  renewalWeeks: shape.renewalWeeks.unwrap().optional(),
  ...debtGiven,
  ...legalGiven,
  ...debitGiven,
  ...mapGiven,
  ...marginGiven,
  ...openingGiven,
  ...packingGiven,
  ...proposalGiven,
  ...publishedGiven,
  ...roadGiven,
  ...signupGiven,
} satisfies Record<keyof GardenSettings, z.ZodType>;

/** What is stored with some settings changed: what a form does not hold stays as it is, keys of a later version included. */
export const withSettings = (stored: unknown, changed: Partial<GardenSettings>): Record<string, unknown> => ({
  ...((stored ?? {}) as Record<string, unknown>),
  ...Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)),
});
