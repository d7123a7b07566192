import { z } from 'zod';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { DistanceTable, Place, RoadService } from './port.ts';

/** What the service `table` of OSRM answers (and of those who speak as it does); null where there is no road. */
const row = z.array(z.number().nonnegative().nullable());
const answer = z.object({
  code: z.string(),
  message: z.string().optional(),
  distances: z.array(row).optional(),
  durations: z.array(row).optional(),
});

/**
 * Asks an OSRM server for the roads. Only coordinates are sent.
 * @param address without a final slash, profile excluded: `https://routes.exemple.org`.
 * @param patience milliseconds it may take: a page waits for it.
 */
export const osrm = (address: string, patience = 4000): RoadService => ({
  async table(places) {
    const where = places.map(({ latitude, longitude }) => `${longitude.toFixed(6)},${latitude.toFixed(6)}`).join(';');
    try {
      const response = await fetch(`${address}/table/v1/driving/${where}?annotations=distance,duration`, {
        signal: AbortSignal.timeout(patience),
      });
      // A refusal of the service (400) has a body too, with its code.
      const parsed = answer.safeParse(await response.json());
      if (!parsed.success) return refuse('sa réponse est illisible');
      return tableOf(parsed.data, places);
    } catch (error) {
      const slow = error instanceof Error && error.name === 'TimeoutError';
      return refuse(slow ? 'il ne répond pas assez vite' : error instanceof SyntaxError ? 'sa réponse est illisible' : 'il ne répond pas');
    }
  },
});

function tableOf({ code, distances, durations }: z.output<typeof answer>, places: readonly Place[]): Outcome<DistanceTable> {
  if (code === 'TooBig') return refuse('il n’accepte pas autant d’arrêts');
  if (code !== 'Ok') return refuse(`il refuse la demande (${code})`);
  const [metres, seconds] = [whole(distances, places.length), whole(durations, places.length)];
  return metres && seconds ? done({ metres, seconds }) : refuse('il ne connaît pas la route vers un des arrêts');
}

function whole(table: (number | null)[][] | undefined, size: number): number[][] | null {
  if (table?.length !== size || table.some((line) => line.length !== size || line.includes(null))) return null;
  return table.map((line) => line.map((value) => Math.round(value!)));
}
