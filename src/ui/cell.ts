import { pictureOf } from './pictures.ts';

/** The few shapes a table cell takes beyond plain text. Rows are written as text, not as components: 200 of them must cost nothing. */

/** HTML that is safe to print as it is. Only the functions of this file make some. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

export type Cell = string | number | null | undefined | Markup;
export type Tone = 'neutral' | 'good' | 'attention' | 'danger' | 'info';

const codes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const sign = /[&<>"']/;
const signs = /[&<>"']/g;

export const escapeHtml = (text: string): string => (sign.test(text) ? text.replace(signs, (one) => codes[one] as string) : text);

/** A cell as HTML; text is escaped, nothing is an empty text. */
export const cellHtml = (cell: Cell): string =>
  cell === null || cell === undefined
    ? ''
    : cell instanceof Markup
      ? cell.html
      : typeof cell === 'number'
        ? String(cell)
        : escapeHtml(cell);

/** Addresses of our own pages, mail and telephone; anything else would let a file bring a script in. */
const safeHref = (href: string): string => (/^(?:\/(?!\/)|\?|#|mailto:|tel:|https?:\/\/)/.test(href) ? escapeHtml(href) : '#');

export const link = (href: string, text: Cell): Markup => new Markup(`<a href="${safeHref(href)}">${cellHtml(text)}</a>`);

/** « Suspendu »: a state in a word. */
export const badge = (text: string, tone: Tone = 'neutral'): Markup => new Markup(`<b class="badge ${tone}">${escapeHtml(text)}</b>`);

/** A tour's colour beside its name; the name alone is enough in black and white. */
export const swatch = (colour: string | null | undefined, text: Cell): Markup =>
  new Markup(`${colour && /^#[0-9a-f]{3,8}$/i.test(colour) ? `<i class="swatch" style="background:${colour}"></i>` : ''}${cellHtml(text)}`);

/** A vegetable's picture before its name. @param emoji what is drawn, or written when the house has no picture of it. */
export function pictured(emoji: string, text: Cell): Markup {
  const picture = pictureOf(emoji);
  if (picture) return new Markup(`<svg class="picture" aria-hidden="true"><use href="${escapeHtml(picture)}"/></svg> ${cellHtml(text)}`);
  return new Markup(emoji ? `<span aria-hidden="true">${escapeHtml(emoji)}</span> ${cellHtml(text)}` : cellHtml(text));
}

/** The main word, and a quieter line under it. */
export const lines = (main: Cell, under: Cell): Markup =>
  new Markup(under ? `${cellHtml(main)}<small>${cellHtml(under)}</small>` : cellHtml(main));

/** Several cells side by side, in one. */
export const inline = (...cells: Cell[]): Markup => new Markup(cells.map(cellHtml).filter(Boolean).join(' '));

/** An e-mail address to write to; it may break after the @. */
export const mail = (address: string | null | undefined): Cell =>
  address ? link(`mailto:${address}`, new Markup(escapeHtml(address).replace('@', '@<wbr>'))) : null;

/** « 06 12 34 56 78 » that a telephone can dial. */
export const phone = (number: string | null | undefined): Cell => (number ? link(`tel:${number.replace(/[^\d+]/g, '')}`, number) : null);

/** A box to tick beside a row, for a form elsewhere on the page (`form`: its id). */
export const tick = ({
  name,
  value,
  form,
  checked,
  label,
}: {
  name: string;
  value: string | number;
  form: string;
  checked: boolean;
  label: string;
}): Markup =>
  new Markup(
    `<input type=checkbox class=tick name="${escapeHtml(name)}" value="${escapeHtml(String(value))}" form="${escapeHtml(form)}" aria-label="${escapeHtml(label)}"${checked ? ' checked' : ''}>`,
  );
