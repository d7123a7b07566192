import type { Profile, TourProfile } from './profiles.ts';

/** Where the garden stands: in the fields, a kilometre or so from the middle of its town. */
export function standsAt({ area }: Profile): { startLatitude: number; startLongitude: number } {
  const { latitude, longitude } = area.communes[0]!;
  return { startLatitude: Math.round((latitude + 0.011) * 1e5) / 1e5, startLongitude: Math.round((longitude - 0.014) * 1e5) / 1e5 };
}

/** One van for all tours, which the largest overflows; a shop of the garden needs none. */
export const vehicleOf = ({ place }: TourProfile): { leaves_at: string | null; vehicle_baskets: number | null } =>
  place ? { leaves_at: null, vehicle_baskets: null } : { leaves_at: '07:40', vehicle_baskets: 220 };
