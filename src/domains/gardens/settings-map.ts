import { z } from 'zod';

/** What people look for on the network's map. */
export const activities = [
  'baskets',
  'shop',
  'fruit',
  'eggs',
  'processing',
  'catering',
  'plants',
  'flowers',
  'green_spaces',
  'visits',
] as const;
export type Activity = (typeof activities)[number];

export const activityLabels: Record<Activity, string> = {
  baskets: 'Paniers de légumes',
  shop: 'Vente au jardin ou au marché',
  fruit: 'Fruits',
  eggs: 'Œufs',
  processing: 'Conserverie',
  catering: 'Restauration',
  plants: 'Plants',
  flowers: 'Fleurs',
  green_spaces: 'Espaces verts',
  visits: 'Visites et ateliers',
};

/** What a garden lets the network's map say of it, besides its depots. */
export const mapSettings = {
  activities: z.array(z.enum(activities)).default(['baskets']),
  /** Whether it offers baskets at a price for small incomes. Who has one is nobody's business: that they exist is. */
  solidarityBaskets: z.boolean().default(false),
};

export const mapGiven = {
  activities: z.array(z.enum(activities)).optional(),
  solidarityBaskets: z.boolean().optional(),
};
