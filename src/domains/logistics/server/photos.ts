import { sql } from 'kysely';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Photo, photosOf } from '#platform/files/photos.ts';

const photos = photosOf('depot');

/** Gives a depot in use its photo, in place of the one it had. What it is is read from its bytes. */
export function setDepotPhoto(actor: Actor, depotId: number, content: Uint8Array): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  const gone = refuse('Ce point de dépôt n’existe plus.');
  return inGarden(actor, (tx) => photos.set(tx, depotId, content, gone, sql<boolean>`archived_at is null`));
}

/** Takes a depot's photo away: the one that was looked at (`photo` of the depot). */
export function removeDepotPhoto(actor: Actor, depotId: number, photo: string): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, (tx) => photos.remove(tx, depotId, photo));
}

/** A depot's photo, or null. One query. */
export function depotPhoto(actor: Actor, depotId: number): Promise<Photo | null> {
  requireRight(actor, 'logistics:read');
  return readInGarden(actor, (tx) => photos.find(tx, depotId));
}
