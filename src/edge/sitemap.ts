import { escapeHtml } from '#ui/cell.ts';

const kept = 'public, max-age=3600';
const xml = (text: string) =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': kept },
  });
const listed = (urls: readonly string[], tag: string) => urls.map((url) => `<${tag}><loc>${escapeHtml(url)}</loc></${tag}>`).join('\n');
const namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** Pages for search engines (sitemaps.org); @param urls full addresses, 50 000 at most. */
export const sitemap = (urls: readonly string[]): Response => xml(`<urlset ${namespace}>\n${listed(urls, 'url')}\n</urlset>`);

/** A list of such lists. */
export const sitemapIndex = (urls: readonly string[]): Response =>
  xml(`<sitemapindex ${namespace}>\n${listed(urls, 'sitemap')}\n</sitemapindex>`);

/**
 * What search engines are asked to leave alone: work, and what answers each visitor differently. « Mon compte » is not among it: without signing
 * in it leads to its own door, which people look for. @param where the list of pages is, in full.
 */
export const robots = (where: string): Response =>
  new Response(
    `User-agent: *\n${['/gestion', '/reseau', '/api', '/payer', '/paiement-test', '/agenda', '/desabonnement', '/boite-aux-lettres', '/jardins/*/integrer', '/jardins/*/inscription/'].map((path) => `Disallow: ${path}`).join('\n')}\n\nSitemap: ${where}\n`,
    { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': kept } },
  );
