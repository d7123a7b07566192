import { Marked, type Token, type Tokens } from 'marked';

/** One source, two readings: HTML without anything that runs or spies (no raw HTML, no images, links to the web, mail and telephone alone), and plain text. */

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!);

const safe = (href: string): string | null => (/^(https?:\/\/|mailto:|tel:)/i.test(href) ? href : null);

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ text }) => escapeHtml(text),
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      const to = safe(href);
      return to ? `<a href="${escapeHtml(to)}">${words}</a>` : words;
    },
    paragraph({ tokens }) {
      const [only] = tokens;
      const alone = tokens.length === 1 && only?.type === 'link' && only.raw.startsWith('[') && safe((only as Tokens.Link).href);
      return `<p${alone ? ' class="action"' : ''}>${this.parser.parseInline(tokens)}</p>\n`;
    },
    // One level of headings is enough for a letter, below the page's own.
    heading({ tokens }) {
      return `<h2>${this.parser.parseInline(tokens)}</h2>\n`;
    },
  },
});

/** Markdown → HTML. A paragraph that is one link has the class `action`. */
export const toHtml = (markdown: string): string => marked.parse(markdown, { async: false });

/** Markdown → text as a mail program without HTML shows it. */
export const toText = (markdown: string): string => blocks(marked.lexer(markdown)).trim();

function blocks(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'space') return '';
      if (token.type === 'list') return `${list(token as Tokens.List)}\n\n`;
      if (token.type === 'hr') return '----------\n\n';
      if (token.type === 'blockquote')
        return `${blocks(token.tokens ?? [])
          .trim()
          .replace(/^/gm, '> ')}\n\n`;
      if (token.type === 'table') return `${table(token as Tokens.Table)}\n\n`;
      return `${'tokens' in token && token.tokens ? inline(token.tokens) : String((token as Tokens.Text).text ?? token.raw)}\n\n`;
    })
    .join('');
}

const list = ({ items, ordered, start }: Tokens.List): string =>
  items
    .map((item, rank) => `${ordered ? `${Number(start || 1) + rank}.` : '-'} ${blocks(item.tokens).trim().replace(/\n+/g, '\n  ')}`)
    .join('\n');

const table = ({ header, rows }: Tokens.Table): string =>
  [header, ...rows].map((row) => row.map((cell) => inline(cell.tokens)).join(' | ')).join('\n');

function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if (token.type === 'link') {
        const { href } = token as Tokens.Link;
        const words = inline(token.tokens ?? []);
        return words === href || href === `mailto:${words}` || !safe(href) ? words : `${words} : ${href}`;
      }
      if (token.type === 'escape' || token.type === 'codespan') return unescapeEntities(String((token as Tokens.Escape).text));
      if ('tokens' in token && token.tokens) return inline(token.tokens);
      return unescapeEntities(String((token as Tokens.Text).text ?? token.raw));
    })
    .join('');
}

const unescapeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!);
