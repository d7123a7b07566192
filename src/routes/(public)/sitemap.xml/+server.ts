import { mapGardens } from '#domains/site/index.server.ts';
import { sitemapIndex } from '#edge/sitemap.ts';
import { config } from '#platform/config.ts';

/** The lists of pages: the network's, and that of each garden. One that has a host of its own lists its pages there. */
export const GET = async () => {
  const here = (await mapGardens()).filter(({ host }) => !host);
  return sitemapIndex([
    `${config.publicUrl()}/sitemap-reseau.xml`,
    ...here.map(({ slug }) => `${config.publicUrl()}/jardins/${slug}/sitemap.xml`),
  ]);
};
