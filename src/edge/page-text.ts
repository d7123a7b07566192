import { transcode } from 'node:buffer';
import { looseSpaces, NO_BREAK } from './french-spaces.ts';

/**
 * The text of a page, taken where SvelteKit makes it. Left to itself, SvelteKit computes a digest of the whole text for an etag that pages
 * kept by no cache do not use, then wraps the text in a response out of which it would have to be read again to be compressed: together
 * as much work as showing a list.
 */
export class PageText {
  #html = '';

  /** Given to SvelteKit's `resolve`. */
  transformPageChunk = ({ html }: { html: string }): string => {
    this.#html += html;
    return '';
  };

  /** The page's bytes, its spaces mended, or null for answers that are not pages. The digest of the emptied text must not stay. */
  of(response: Response): Buffer | null {
    if (this.#html === '') return null;
    response.headers.delete('etag');
    return bytesOf(this.#html);
  }
}

// Pages follow one another in the same place: a new one for each is what the engine's collector had most to clear away.
let units = new Uint16Array(100_000);
const MOST_KEPT = 1_000_000;

function roomFor(length: number): Uint16Array {
  if (length <= units.length) return units;
  const room = new Uint16Array(Math.ceil(length * 1.2));
  if (room.length <= MOST_KEPT) units = room;
  return room;
}

/**
 * A page in UTF-8, with the spaces of French. `Buffer.from` walks the pieces that it was put together from twice, sign by sign; copied as they are
 * and turned into UTF-8 by what Node has for whole buffers, they take half the time. Between the two, a space is held by writing another over it.
 */
export function bytesOf(html: string): Buffer {
  const spaces = looseSpaces(html);
  const room = roomFor(html.length);
  const bytes = Buffer.from(room.buffer, 0, html.length * 2);
  bytes.write(html, 'utf16le');
  for (const at of spaces) room[at] = NO_BREAK;
  try {
    return transcode(bytes, 'utf16le', 'utf8') as Buffer;
  } catch {
    // Half a sign (a search cut in the middle of an emoji) is replaced, as browsers do.
    return Buffer.from(bytes.toString('utf16le'));
  }
}
