import { sql } from 'kysely';
import sharp from 'sharp';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { imageType } from '#platform/files/image.ts';
import type { Photo } from '#platform/files/photos.ts';
import { type PhotoPlace, photoWidths, singlePlaces } from '../rules/photos.ts';

/** Bytes: what a telephone takes. Behind a proxy, it has to let them through too. */
const heaviest = 12_000_000;
/** Pixels: larger ones would take a small machine's memory. */
const mostPixels = 50_000_000;
const mostInGallery = 24;

type Shrunk = { width: number; height: number; files: { width: number; content: Buffer }[] };

/** A photo turned upright, in each width, as WebP, without what the camera noted (where, when, by whom). @throws never: null when it cannot be read. */
export async function shrink(content: Uint8Array, widths: readonly number[]): Promise<Shrunk | null> {
  try {
    const open = () => sharp(content, { limitInputPixels: mostPixels, failOn: 'error' });
    const { width, height } = (await open().metadata()).autoOrient;
    // Never larger than it came; at least one.
    const wanted = [...new Set(widths.map((one) => Math.min(one, width)))];
    const files: Shrunk['files'] = [];
    // One after the other: a large photo takes a small machine's memory as it is.
    for (const one of wanted)
      files.push({ width: one, content: await open().autoOrient().resize({ width: one }).webp({ quality: 76, effort: 4 }).toBuffer() });
    const largest = wanted.at(-1)!;
    return { width: largest, height: Math.max(1, Math.round((height * largest) / width)), files };
  } catch {
    return null;
  }
}

/** Where a photo goes: a place of the pages, a basket, or an article. */
export type PhotoTarget =
  | { place: Exclude<PhotoPlace, 'basket' | 'article'> }
  | { place: 'basket'; productId: number }
  | { place: 'article'; articleId: number };

const owner = (target: PhotoTarget) => ({
  product_id: target.place === 'basket' ? target.productId : null,
  article_id: target.place === 'article' ? target.articleId : null,
});

/** Puts a photo in its place, instead of the one that was there; the gallery keeps them all. Refused beside `photo`. */
export async function setPhoto(actor: Actor, target: PhotoTarget, content: Uint8Array, alt: string): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  if (content.length === 0) return refuse('Aucune photo n’a été choisie.', { photo: 'Choisissez une photo.' });
  if (content.length > heaviest) return refuse('Cette photo est trop lourde.', { photo: 'Plus de 12 Mo : prenez-la en plus petit.' });
  const shrunk = imageType(content) ? await shrink(content, photoWidths[target.place]) : null;
  if (!shrunk) return refuse('Ce fichier n’est pas une photo que Cocagne sait lire.', { photo: 'Une photo JPEG, PNG ou WebP.' });
  return inGarden(actor, (tx) => writePhoto(tx, actor.gardenId, target, shrunk, alt));
}

/** The same in a transaction of the caller's, already shrunk: the demonstration draws its own. */
export async function writePhoto(tx: Tx, gardenId: number, target: PhotoTarget, shrunk: Shrunk, alt: string): Promise<Outcome<null>> {
  const { product_id, article_id } = owner(target);
  // Two at once for one place: the second waits for the first, and takes its place.
  await sql`select pg_advisory_xact_lock(hashtext(${`site_photo ${gardenId}`}))`.execute(tx);
  if (target.place === 'gallery') {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from site_photo where place = 'gallery'`.execute(tx);
    if (rows[0]!.count >= mostInGallery) return refuse(`La galerie a déjà ${mostInGallery} photos : retirez-en une d’abord.`);
  } else {
    const one = (singlePlaces as readonly string[]).includes(target.place)
      ? sql`place = ${target.place}`
      : sql`place = ${target.place} and (product_id = ${product_id} or article_id = ${article_id})`;
    await sql`delete from site_photo where ${one}`.execute(tx);
  }
  const { id } = await tx
    .insertInto('site_photo')
    .values({
      ...{ garden_id: gardenId, place: target.place, product_id, article_id, alt, width: shrunk.width, height: shrunk.height },
      position: sql<number>`(select coalesce(max(position), 0) + 1 from site_photo)`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('site_photo_file')
    .values(shrunk.files.map(({ width, content }) => ({ garden_id: gardenId, photo_id: id, width, content, content_type: 'image/webp' })))
    .execute();
  return done(null);
}

/** Takes a photo away. Taken twice, it is gone once. */
export function removePhoto(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    await tx.deleteFrom('site_photo').where('id', '=', id).execute();
    return done(null);
  });
}

/** What a photo shows, for those who cannot see it. */
export function describePhoto(actor: Actor, id: number, alt: string): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    const found = await sql`update site_photo set alt = ${alt}, version = version + 1 where id = ${id} returning id`.execute(tx);
    return found.rows.length ? done(null) : refuse('Cette photo n’est plus là.');
  });
}

/** One width of a photo, or null. One query. */
export function sitePhoto(actor: Actor, id: number, width: number): Promise<Photo | null> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Photo>`
      select content, content_type as type from site_photo_file where photo_id = ${id} and width = ${width}`.execute(tx);
    return rows[0] ?? null;
  });
}
