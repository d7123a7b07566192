import { z } from 'zod';
import { administrator, type NewGarden, newGarden } from '#domains/gardens/schema.ts';

/** The steps of the installation and the fields of each. A step is shown once those before it are right. */
export const steps = [
  { label: 'Le réseau', fields: ['network'] },
  { label: 'Le premier jardin', fields: ['gardenName', 'address', 'postcode', 'city'] },
  { label: 'Vous', fields: ['name', 'email', 'newPassword'] },
] as const;

const { name: gardenName, address, postcode, city } = newGarden.shape;

/** What is asked where gardens are there already: files imported by the command line came with theirs. */
export const withoutGarden = z.object({
  installCode: z.string().trim().optional(),
  network: z.string().trim().min(1).max(100),
  ...administrator.shape,
});

export const withGarden = withoutGarden.extend({ gardenName, address, postcode, city });

/** The garden that was typed; null where it was not asked for. */
export function gardenOf(typed: z.output<typeof withoutGarden> | z.output<typeof withGarden>): NewGarden | null {
  if (!('gardenName' in typed)) return null;
  const { gardenName: name, address, postcode, city } = typed;
  return { name, address, postcode, city };
}

/** The first step (from 1) that holds an error, or null. */
export function firstWrongStep(errors: Record<string, string>): number | null {
  const at = steps.findIndex(({ fields }) => fields.some((field) => field in errors));
  return at < 0 ? null : at + 1;
}
