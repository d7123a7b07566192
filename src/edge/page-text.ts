import { keepFrenchSpaces } from './french-spaces.ts';

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

  /** The page's text, its spaces mended, or null for answers that are not pages. The digest of the emptied text must not stay. */
  of(response: Response): string | null {
    if (this.#html === '') return null;
    response.headers.delete('etag');
    return keepFrenchSpaces(this.#html);
  }
}
