import { z } from 'zod';
import { done, refuse } from '#kernel/outcome.ts';
import type { Geocoder } from './port.ts';

/** What a service that speaks as « addok » does answers (GeoJSON): that of the Base Adresse Nationale, the Géoplateforme, or one's own. */
const answer = z.object({
  features: z.array(
    z.object({
      geometry: z.object({ coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]) }),
      properties: z.object({ label: z.string(), type: z.string().optional(), score: z.number().optional() }),
    }),
  ),
});

/** Below, what the service found has little to do with what was asked (0 to 1). */
const LEAST_SCORE = 0.4;

/**
 * Asks a geocoding service where an address is. What was typed is sent, and nothing else.
 * @param address without a final slash: `https://data.geopf.fr/geocodage`.
 * @param patience milliseconds it may take: a page waits for it.
 */
export const ban = (address: string, patience = 2500): Geocoder => ({
  async search(text, limit) {
    // It takes from 3 to 200 signs.
    const asked = new URLSearchParams({ q: text.slice(0, 200), limit: String(limit), autocomplete: '0' });
    try {
      const response = await fetch(`${address}/search?${asked}`, { signal: AbortSignal.timeout(patience) });
      if (!response.ok) return refuse(`il répond ${response.status}`);
      const parsed = answer.safeParse(await response.json());
      if (!parsed.success) return refuse('sa réponse est illisible');
      return done(
        parsed.data.features
          .filter(({ properties }) => (properties.score ?? 1) >= LEAST_SCORE)
          .map(({ geometry: { coordinates }, properties: { label, type } }) => ({
            latitude: coordinates[1],
            longitude: coordinates[0],
            label,
            kind: type === 'municipality' ? 'commune' : 'address',
            approximate: false,
          })),
      );
    } catch (error) {
      const slow = error instanceof Error && error.name === 'TimeoutError';
      return refuse(slow ? 'il ne répond pas assez vite' : error instanceof SyntaxError ? 'sa réponse est illisible' : 'il ne répond pas');
    }
  },
});
