import { sql } from 'kysely';
import { type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import type { Tx } from '../db/index.ts';
import { imageType } from './image.ts';

/** Bytes. */
const most = 2_000_000;

export type Photo = { content: Uint8Array; type: string };

/** What may be kept as a photo, told from its bytes; or why not, beside the field `photo`. */
function photoType(content: Uint8Array): Outcome<string> {
  if (content.length === 0) return refuse('Aucune photo n’a été choisie.', { photo: 'Choisissez une photo.' });
  if (content.length > most)
    return refuse('Cette photo est trop lourde.', { photo: 'Plus de 2 Mo : réduisez-la, ou prenez-la en plus petit.' });
  const value = imageType(content);
  return value
    ? { ok: true, value }
    : refuse('Ce fichier n’est pas une photo que Cocagne sait montrer.', { photo: 'Une photo JPEG, PNG ou WebP.' });
}

/** The photos of a table of which each row has one or none: those of `depot` are in `depot_photo`, under `depot_id`. */
export function photosOf(owner: 'depot' | 'produce') {
  const [table, key, rows] = [sql.table(`${owner}_photo`), sql.ref(`${owner}_id`), sql.table(owner)];
  return {
    /** In place of the one it had. @param gone what to answer when the row is not there any more. */
    async set(tx: Tx, id: number, content: Uint8Array, gone: Refusal, kept = sql<boolean>`true`): Promise<Outcome<null>> {
      const type = photoType(content);
      if (!type.ok) return type;
      const { rows: written } = await sql`
        insert into ${table} (garden_id, ${key}, content, content_type)
        select garden_id, id, ${Buffer.from(content)}::bytea, ${type.value} from ${rows} where id = ${id} and ${kept}
        on conflict (garden_id, ${key}) do update set content = excluded.content, content_type = excluded.content_type, created_at = now()
        returning id`.execute(tx);
      return written.length ? { ok: true, value: null } : gone;
    },
    /** Takes away the one that was looked at (when it was taken in, as text), not one that somebody has put there since. */
    async remove(tx: Tx, id: number, shown: string): Promise<Outcome<null>> {
      await sql`delete from ${table} where ${key} = ${id} and extract(epoch from created_at)::text = ${shown}`.execute(tx);
      const { rows: left } = await sql`select from ${table} where ${key} = ${id}`.execute(tx);
      return left.length
        ? refuse('Une autre photo vient d’être enregistrée : regardez-la avant de la retirer.')
        : { ok: true, value: null };
    },
    /** One query. */
    async find(tx: Tx, id: number): Promise<Photo | null> {
      const found = await sql<{
        content: Buffer;
        type: string;
      }>`select content, content_type as type from ${table} where ${key} = ${id}`.execute(tx);
      return found.rows[0] ?? null;
    },
  };
}
