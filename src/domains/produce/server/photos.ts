import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { imageType } from '#platform/files/image.ts';

/** Bytes. */
const most = 2_000_000;

/** Gives it a photo, in place of the one it had. What the file is is read from its bytes. */
export function setProducePhoto(actor: Actor, produceId: number, content: Uint8Array): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    if (content.length === 0) return refuse('Aucune photo n’a été choisie.', { photo: 'Choisissez une photo.' });
    if (content.length > most)
      return refuse('Cette photo est trop lourde.', { photo: 'Plus de 2 Mo : réduisez-la, ou prenez-la en plus petit.' });
    const type = imageType(content);
    if (!type) return refuse('Ce fichier n’est pas une photo que Cocagne sait montrer.', { photo: 'Une photo JPEG, PNG ou WebP.' });
    const { rows } = await sql`
      insert into produce_photo (garden_id, produce_id, content, content_type)
      select garden_id, id, ${Buffer.from(content)}::bytea, ${type} from produce where id = ${produceId}
      on conflict (garden_id, produce_id) do update set content = excluded.content, content_type = excluded.content_type, created_at = now()
      returning id`.execute(tx);
    return rows.length ? done(null) : refuse('Ce produit n’existe plus.');
  });
}

/** Takes the photo away: the one that was looked at (`photo` of the produce), not one that somebody has put there since. */
export function removeProducePhoto(actor: Actor, produceId: number, photo: string): Promise<Outcome<null>> {
  requireRight(actor, 'catalogue:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from produce_photo where produce_id = ${produceId} and extract(epoch from created_at)::text = ${photo}`.execute(tx);
    const { rows } = await sql`select from produce_photo where produce_id = ${produceId}`.execute(tx);
    return rows.length ? refuse('Une autre photo vient d’être enregistrée : regardez-la avant de la retirer.') : done(null);
  });
}

/** The photo, or null. One query. */
export function producePhoto(actor: Actor, produceId: number): Promise<{ content: Uint8Array; type: string } | null> {
  requireRight(actor, 'catalogue:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ content: Buffer; type: string }>`
      select content, content_type as type from produce_photo where produce_id = ${produceId}`.execute(tx);
    return rows[0] ?? null;
  });
}
