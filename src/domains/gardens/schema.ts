import { z } from 'zod';
import { allRights, type Right } from '#platform/access/rights.ts';
import { newPassword } from '#platform/auth/password.ts';
import { settingsGiven } from './settings.ts';

const text = (max: number) => z.string().trim().max(max);
const filled = (max: number) => text(max).min(1);
const email = z.preprocess((value) => (typeof value === 'string' ? value.trim() : value), z.email().max(200));
const id = z.coerce.number().int().positive();
const version = z.coerce.number().int().positive();

/** A new garden: only its name is needed to begin. */
export const newGarden = z.object({
  name: filled(100),
  address: text(200).default(''),
  postcode: text(10).default(''),
  city: text(100).default(''),
});
export type NewGarden = z.input<typeof newGarden>;

/** A garden that the network opens, with the person who will run it. */
export const openedGarden = newGarden.extend({ administratorName: filled(100), administratorEmail: email });

export const administrator = z.object({ name: filled(100), email, newPassword });

export const invitation = z.object({ name: filled(100), email, roleId: id });
export type Invitation = z.infer<typeof invitation>;

export const roleChange = z.object({ staffId: id, roleId: id, version });
export const staffEnd = z.object({ staffId: id });

const rights = z.array(z.enum(allRights as [Right, ...Right[]])).default([]);
export const newRole = z.object({ name: filled(60), rights });
export const changedRole = z.object({ roleId: id, version, name: filled(60), rights });
export const deletedRole = z.object({ roleId: id });

/** The garden's own page: how to reach it, its colour, and its settings. `version`: the one it was read at. */
export const gardenForm = z
  .object({
    version,
    name: filled(100),
    address: text(200).default(''),
    postcode: text(10).default(''),
    city: text(100).default(''),
    phone: text(30).default(''),
    email: z.union([z.literal(''), email]).default(''),
    accent: z.union([z.literal(''), z.string().regex(/^#[0-9a-f]{6}$/i)]).default(''),
    ...settingsGiven,
  })
  .refine(({ startLatitude, startLongitude }) => (startLatitude == null) === (startLongitude == null), {
    path: ['startLongitude'],
    message: 'Donnez la latitude et la longitude, ou aucune des deux.',
  });
export type GardenForm = z.infer<typeof gardenForm>;
