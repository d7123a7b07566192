/** Where a garden's public pages are: under `/jardins/<slug>`, and at the root of the garden's own host name when it has one. */

/** What goes before the path of a page, in links of the page that is shown at `pathname`: '' on the garden's own host. */
export const siteBase = (slug: string, pathname: string): string => {
  const under = `/jardins/${slug}`;
  return pathname === under || pathname.startsWith(`${under}/`) ? under : '';
};

/**
 * The one full address of a page, for search engines, letters and cards.
 * @param path within the garden's pages, '' or beginning with « / »; @param publicUrl the platform's own address.
 */
export const publicAddress = (site: { slug: string; host: string | null }, path: string, publicUrl: string): string =>
  site.host ? `https://${site.host}${path || '/'}` : `${publicUrl}/jardins/${site.slug}${path}`;

/**
 * A host name as it is kept: without port, capitals, final point. « www. » stays where it was typed: the bare name beside it often leads nowhere
 * (it takes no CNAME), so it may not stand in links, cards and the list for search engines.
 */
export const givenHost = (host: string): string => host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');

/** A host name as it is compared: as it is kept, without « www. ». */
export const plainHost = (host: string): string => givenHost(host).replace(/^www\./, '');

/** First parts of paths that are a garden's public pages; a test holds them to the folders of `/jardins/[site]`. */
export const gardenPaths = [
  ...[
    '',
    'actualites',
    'ateliers',
    'cette-semaine',
    'comment-ca-marche',
    'contact',
    'depots',
    'depots.geojson',
    'dons',
    'inscription',
    'integrer',
    'mentions-legales',
  ],
  ...['paniers', 'partage.jpg', 'photos', 'recettes', 'robots.txt', 'sitemap.xml'],
];

/** A link as a garden writes it, « /paniers », where it leads under the address of the page; others are left as they are. */
export const linkUnder = (base: string, href: string): string =>
  /^\/(?!\/)/.test(href) && gardenPaths.includes(href.split(/[/?#]/)[1] ?? '') ? base + href : href;
