import { z } from 'zod';

/** What a balance without a sign meant in the tool the garden had before: the customer owes it, or has it in hand. Null: not said yet, nothing is opened. */
export const openingSigns = ['owes', 'in_hand'] as const;
export type OpeningSign = (typeof openingSigns)[number];

export const openingSettings = { openingSign: z.enum(openingSigns).nullable().default(null) };

/** It is said on the page of opening balances, which writes them at the same moment. */
export const openingGiven = { openingSign: openingSettings.openingSign.unwrap().optional() };
