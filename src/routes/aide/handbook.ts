import { Marked, type Token } from 'marked';

export type Heading = { id: string; text: string };
export type HandbookPage = { slug: string; title: string; lead: string; html: string; headings: Heading[] };

/** « Les points de dépôt » → « les-points-de-depot » */
export const slugOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** `/docs/handbook/00-bienvenue.md` → « bienvenue »: the number only orders the contents. */
const pageName = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.md$/, '').replace(/^\d+-/, '');

const marked = new Marked();

const isTitle = (token: Token) => token.type === 'heading' && 'depth' in token && token.depth === 1;
const textOf = (token: Token | undefined): string => (token && 'text' in token ? String(token.text) : '');

/**
 * One page of the handbook. The first heading is its title, the paragraph under it its lead; second headings make the contents. Links to
 * other files of the folder (`[…](02-clients.md#ajouter)`) lead to their pages.
 */
export function readPage(path: string, markdown: string): HandbookPage {
  const slug = pageName(path);
  const tokens = marked.lexer(markdown);
  const title = textOf(tokens.find(isTitle)) || slug;
  const rest = tokens.filter((token) => !isTitle(token) && token.type !== 'space');
  const lead = rest[0]?.type === 'paragraph' && !/[[*`!]/.test(textOf(rest[0])) ? textOf(rest.shift()) : '';
  const headings: Heading[] = [];
  const html = marked
    .parser(rest)
    .replace(/<h([23])>(.*?)<\/h\1>/gs, (_, level: string, inner: string) => {
      const text = inner.replace(/<[^>]+>/g, '');
      const id = slugOf(text.replace(/&#39;/g, ' ').replace(/&\w+;/g, ' '));
      if (level === '2') headings.push({ id, text: inner.replace(/<[^>]+>/g, '') });
      return `<h${level} id="${id}">${inner}</h${level}>`;
    })
    .replace(
      /href="(?:\.\/)?(?:\d+-)?([a-z0-9-]+)\.md(#[^"]*)?"/g,
      (_, name: string, anchor?: string) => `href="/aide/${name}${anchor ?? ''}"`,
    )
    // A wide table scrolls by itself, and by keyboard.
    .replace(/<table>/g, '<div class="wide" tabindex="0" role="region" aria-label="Tableau"><table>')
    .replace(/<\/table>/g, '</table></div>');
  return { slug, title, lead, html, headings };
}

/** All the pages, in the order of their files' numbers. */
export const readHandbook = (files: Record<string, string>): HandbookPage[] =>
  Object.keys(files)
    .sort()
    .map((path) => readPage(path, files[path] as string));
