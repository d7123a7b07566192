import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import sharp from 'sharp';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { fontFile } from '#platform/pdf/fonts.ts';
import type { Site } from './site.ts';

const [width, height] = [1200, 630];

let font = '';
/** The house's letters as a file, which is what the drawing library reads. Written once for the life of the process. */
function fontPath(): string {
  if (!font) {
    font = join(mkdtempSync(join(tmpdir(), 'cocagne-')), 'letters.ttf');
    writeFileSync(font, fontFile('bold'));
  }
  return font;
}

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Words on several lines, as a picture no wider than asked. */
const words = (text: string, size: number, colour: string, wide: number, tall: number) =>
  sharp({
    text: {
      text: `<span foreground="${colour}" letter_spacing="${Math.round(-size * 12)}">${text.replace(/[&<>]/g, (one) => marks[one]!)}</span>`,
      font: `Atkinson Hyperlegible Next Bold ${size}`,
      fontfile: fontPath(),
      ...{ width: wide, dpi: 72, rgba: true, wrap: 'word' as const },
    },
  })
    .resize({ width: wide, height: tall, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();

const ground = (accent: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <rect width="${width}" height="${height}" fill="#fbfaf5"/>
  <circle cx="1010" cy="190" r="74" fill="#e2711d" opacity=".85"/>
  <path d="M0 452C220 350 470 362 700 412s360 50 500-12v230H0z" fill="${accent}" opacity=".3"/>
  <path d="M0 520c280-90 590-60 810-20s300 20 390-4v134H0z" fill="${accent}"/>
  <g fill="none" stroke="#fbfaf5" stroke-width="5" stroke-linecap="round" opacity=".75">
    <path d="M120 640C250 570 400 530 560 500M360 640c110-60 220-100 350-136M640 640c60-50 120-90 190-130M920 640c20-46 40-84 60-122M1170 640c-10-40-20-76-40-116"/>
  </g></svg>`;

/** Over a photo, so that words can be read. */
const veil = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="v" x1="0" x2="1"><stop offset="0" stop-color="#10160f" stop-opacity=".86"/><stop offset=".72" stop-color="#10160f" stop-opacity=".34"/><stop offset="1" stop-color="#10160f" stop-opacity=".1"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#v)"/></svg>`;

// Drawing one takes a tenth of a second: the last ones are kept, by what they show.
const kept = new Map<string, Buffer>();
const mostKept = 60;

/** The card of a garden, 1200 × 630 points, JPEG: its photo, or fields in its colour, its name and its own sentence. One query, for the photo. */
export async function shareCard(actor: Actor, site: Site): Promise<Buffer> {
  requireRight(actor, 'site:read');
  const cover = site.photos.find(({ place }) => place === 'cover');
  return keptCard(JSON.stringify([site.gardenId, site.name, site.texts.tagline, site.accent, cover?.id]), async () =>
    drawCard(site.name, site.texts.tagline, site.accent ?? '#2f6b2f', cover ? await largest(actor, cover.id) : null),
  );
}

/** The card of the network: its name, and the title of its home. */
export const networkCard = (name: string, title: string): Promise<Buffer> =>
  keptCard(JSON.stringify([name, title]), () => drawCard(name, title, '#2c652c', null));

async function keptCard(what: string, drawn: () => Promise<Buffer>): Promise<Buffer> {
  const key = createHash('sha256').update(what).digest('base64');
  const known = kept.get(key);
  if (known) return known;
  const card = await drawn();
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, card);
  return card;
}

async function drawCard(name: string, tagline: string, accent: string, photo: Buffer | null): Promise<Buffer> {
  const colour = photo ? '#ffffff' : '#1f2a22';
  const [title, sentence] = await Promise.all([words(name, 74, colour, 960, 190), words(tagline, 40, colour, 760, 190)]);
  const below = (await sharp(title).metadata()).height;
  const base = photo ? sharp(photo).resize({ width, height, fit: 'cover' }) : sharp(Buffer.from(ground(accent)));
  return base
    .composite([
      ...(photo ? [{ input: Buffer.from(veil) }] : []),
      { input: title, left: 72, top: 84 },
      { input: sentence, left: 72, top: 84 + below + 40 },
    ])
    .flatten({ background: '#fbfaf5' })
    .jpeg({ quality: 82 })
    .toBuffer();
}

const largest = (actor: Actor, photoId: number): Promise<Buffer | null> =>
  readInGarden(actor, async (tx) => {
    const { rows } = await sql<{
      content: Buffer;
    }>`select content from site_photo_file where photo_id = ${photoId} order by width desc limit 1`.execute(tx);
    return rows[0]?.content ?? null;
  });
