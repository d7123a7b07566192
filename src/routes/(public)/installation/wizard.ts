import { z } from 'zod';
import { administrator, newGarden } from '#domains/gardens/schema.ts';

/** The steps of the installation and the fields of each. A step is shown once those before it are right. */
export const steps = [
  { label: 'Le réseau', fields: ['network'] },
  { label: 'Le premier jardin', fields: ['gardenName', 'address', 'postcode', 'city'] },
  { label: 'Vous', fields: ['name', 'email', 'newPassword'] },
] as const;

const { name: gardenName, address, postcode, city } = newGarden.shape;

export const installationForm = z.object({
  installCode: z.string().trim().optional(),
  network: z.string().trim().min(1).max(100),
  gardenName,
  address,
  postcode,
  city,
  ...administrator.shape,
});

/** The first step (from 1) that holds an error, or null. */
export function firstWrongStep(errors: Record<string, string>): number | null {
  const at = steps.findIndex(({ fields }) => fields.some((field) => field in errors));
  return at < 0 ? null : at + 1;
}
