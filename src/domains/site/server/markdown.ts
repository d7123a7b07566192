import { Marked, type Tokens } from 'marked';
import { linkUnder } from '../rules/address.ts';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);

/** Where a link may lead: pages, letters, telephones, places of the same site. Anything else (`javascript:`, `data:`) is only text. */
const isSafe = (href: string): boolean => /^(https?:\/\/|mailto:|tel:|#|\/(?![/\\]))/i.test(href.trim()) && !/\p{Cc}/u.test(href);

function reader(first: number): Marked {
  const marked = new Marked({ gfm: true, breaks: true });
  marked.use({
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
      // Photos have their own places on the pages.
      image: ({ text }: Tokens.Image) => escaped(text),
      heading(token: Tokens.Heading) {
        const level = Math.min(6, token.depth === 1 ? first : first + token.depth - 2);
        return `<h${level}>${this.parser.parseInline(token.tokens)}</h${level}>\n`;
      },
      link(token: Tokens.Link) {
        const text = this.parser.parseInline(token.tokens);
        return isSafe(token.href)
          ? `<a href="${escaped(token.href)}"${/^https?:/i.test(token.href) ? ' rel="noopener"' : ''}>${text}</a>`
          : text;
      },
      checkbox: () => '',
    },
  });
  return marked;
}

const readers = new Map([2, 3].map((first) => [first, reader(first)]));

/**
 * What somebody of a garden wrote, as HTML that can do nothing but be read: HTML in it is shown as it was typed, links lead to pages, letters and telephones.
 * @param options `base`: what goes before links to the garden's own pages (« /paniers »); `first`: the level that a first heading takes on the page.
 */
export function toHtml(markdown: string, { base = '', first = 2 }: { base?: string; first?: 2 | 3 } = {}): string {
  const html = readers.get(first)!.parse(markdown, { async: false });
  // HTML that was typed is text by now: these are links that were read.
  return base ? html.replace(/<a href="([^"]*)"/g, (_, href: string) => `<a href="${linkUnder(base, href)}"`) : html;
}

/** The beginning of a text without its signs, for cards and descriptions, in at most so many signs. */
export function beginningOf(markdown: string, most = 155): string {
  const plain = markdown
    .replace(/^#{1,6} .*$/gm, '')
    // A list is read on as a sentence: what is typed at the beginning of its lines is a sign too.
    .replace(/^[ \t]*(?:[-+*]|\d+[.)])[ \t]+/gm, '· ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`>#]+/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s·]+/, '')
    .trim();
  if (plain.length <= most) return plain;
  return `${plain.slice(0, plain.lastIndexOf(' ', most - 1)).replace(/[\s,;:.]+$/, '')}…`;
}

/** A text of questions (`## …`) in pairs; what stands before the first question is left out. */
export function questionsOf(markdown: string, base = ''): { question: string; html: string }[] {
  return markdown
    .split(/^## +/m)
    .slice(1)
    .map((part) => {
      const [question = '', ...answer] = part.split('\n');
      return { question: question.trim(), html: toHtml(answer.join('\n').trim(), { base, first: 3 }) };
    })
    .filter(({ question, html }) => question && html);
}
