import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { imageType } from '#platform/files/image.ts';

/** Bytes. */
const most = 2_000_000;

/** Gives a depot its photo, in place of the one it had. What it is is read from its bytes. */
export function setDepotPhoto(actor: Actor, depotId: number, content: Uint8Array): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    if (content.length === 0) return refuse('Aucune photo n’a été choisie.', { photo: 'Choisissez une photo.' });
    if (content.length > most)
      return refuse('Cette photo est trop lourde.', { photo: 'Plus de 2 Mo : réduisez-la, ou prenez-la en plus petit.' });
    const type = imageType(content);
    if (!type) return refuse('Ce fichier n’est pas une photo que Cocagne sait montrer.', { photo: 'Une photo JPEG, PNG ou WebP.' });
    const { rows } = await sql`
      insert into depot_photo (garden_id, depot_id, content, content_type)
      select garden_id, id, ${Buffer.from(content)}::bytea, ${type} from depot where id = ${depotId} and archived_at is null
      on conflict (garden_id, depot_id) do update set content = excluded.content, content_type = excluded.content_type, created_at = now()
      returning id`.execute(tx);
    return rows.length ? done(null) : refuse('Ce point de dépôt n’existe plus.');
  });
}

/** Takes a depot's photo away: the one that was looked at (`photo` of the depot), not one that somebody has put there since. */
export function removeDepotPhoto(actor: Actor, depotId: number, photo: string): Promise<Outcome<null>> {
  requireRight(actor, 'logistics:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from depot_photo where depot_id = ${depotId} and extract(epoch from created_at)::text = ${photo}`.execute(tx);
    const { rows } = await sql`select from depot_photo where depot_id = ${depotId}`.execute(tx);
    return rows.length ? refuse('Une autre photo vient d’être enregistrée : regardez-la avant de la retirer.') : done(null);
  });
}

/** A depot's photo, or null. */
export function depotPhoto(actor: Actor, depotId: number): Promise<{ content: Uint8Array; type: string } | null> {
  requireRight(actor, 'logistics:read');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ content: Buffer; type: string }>`
      select content, content_type as type from depot_photo where depot_id = ${depotId}`.execute(tx);
    return rows[0] ?? null;
  });
}
