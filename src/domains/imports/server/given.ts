import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Refusal, refuse } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import type { GivenFile } from './store.ts';

export type GivenImport = { files: GivenFile[]; year: number; name?: string };

export const mostFiles = 20;
export const largestFile = 10 * 1024 * 1024;
export const largestInAll = 50 * 1024 * 1024;

/** What is wrong with what was sent, before anything is read. */
export function checkGiven({ files, year }: GivenImport): Refusal | null {
  const wrong = (field: string, text: string) => refuse(text, { [field]: text });
  if (!Number.isInteger(year) || year < 2000 || year > 2100) return wrong('year', 'Donnez l’année de la saison, par exemple 2025.');
  if (files.length === 0) return wrong('files', 'Choisissez au moins un fichier.');
  if (files.length > mostFiles) return wrong('files', `Choisissez ${mostFiles} fichiers au plus à la fois.`);
  const large = files.find((file) => file.content.length > largestFile);
  if (large)
    return wrong('files', `« ${large.name} » dépasse 10 Mo. Partagez-le en plusieurs fichiers, avec la ligne de titres dans chacun.`);
  const inAll = files.reduce((sum, file) => sum + file.content.length, 0);
  if (inAll > largestInAll) return wrong('files', 'Ces fichiers dépassent 50 Mo ensemble. Importez-les en plusieurs fois.');
  return null;
}

/** The proposal of the same person that still waits, made of the same files for the same year. */
export async function sameProposal(tx: Tx, actor: Actor, { files, year }: GivenImport): Promise<number | null> {
  const prints = files.map((file) => `${file.name}\t${createHash('md5').update(file.content).digest('hex')}`).sort();
  const { rows } = await sql<{ id: number }>`
    select b.id
    from batch b
    join import_file f on f.garden_id = b.garden_id and f.batch_id = b.id
    where b.state = 'proposed' and b.year = ${year} and b.created_by is not distinct from ${actor.userId} and b.created_at > now() - interval '1 hour'
    group by b.garden_id, b.id
    having array_agg(f.name || e'\t' || md5(f.content) order by (f.name || e'\t' || md5(f.content)) collate "C") = ${prints}::text[]
    order by b.id desc
    limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}
