import { z } from 'zod';
import { activities } from '#domains/gardens/settings-map.ts';
import { longestNetworkText, networkTextKeys } from './rules/network-texts.ts';

const ticked = z.preprocess((value) => value === 'on', z.boolean());

/** What a garden lets the network's map say of it. */
export const mapForm = z.object({
  version: z.coerce.number().int(),
  activities: z.array(z.enum(activities)).default([]),
  solidarityBaskets: ticked,
});
export type MapForm = z.output<typeof mapForm>;

/** What the network says of itself. An emptied text is again the one of the house. */
export const networkTextsForm = z.object({
  version: z.coerce.number().int(),
  ...(Object.fromEntries(networkTextKeys.map((key) => [key, z.string().trim().max(longestNetworkText[key]).default('')])) as Record<
    (typeof networkTextKeys)[number],
    z.ZodDefault<z.ZodString>
  >),
});
export type NetworkTextsForm = z.output<typeof networkTextsForm>;

/** What a visitor asks of the network's map, in its address. */
export const mapAsked = z.object({
  pres: z.string().trim().max(120).default('').catch(''),
  activite: z.array(z.enum(activities)).default([]).catch([]),
  solidaire: ticked.catch(false),
  places: ticked.catch(false),
});
export type MapAsked = z.output<typeof mapAsked>;

/** What a visitor asks of a garden's list of depots. */
export const depotsAsked = z.object({
  pres: z.string().trim().max(120).default('').catch(''),
  jour: z.coerce.number().int().min(1).max(7).optional().catch(undefined),
  libres: ticked.catch(false),
});
export type DepotsAskedHere = z.output<typeof depotsAsked>;
