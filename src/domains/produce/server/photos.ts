import { type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Photo, photosOf } from '#platform/files/photos.ts';

const photos = photosOf('produce');

/** Gives it a photo, in place of the one it had. What the file is is read from its bytes. */
export function setProducePhoto(actor: Actor, produceId: number, content: Uint8Array): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, (tx) => photos.set(tx, produceId, content, refuse('Ce produit n’existe plus.')));
}

/** Takes the photo away: the one that was looked at (`photo` of the produce). */
export function removeProducePhoto(actor: Actor, produceId: number, photo: string): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, (tx) => photos.remove(tx, produceId, photo));
}

/** The photo, or null. One query. */
export function producePhoto(actor: Actor, produceId: number): Promise<Photo | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, (tx) => photos.find(tx, produceId));
}
