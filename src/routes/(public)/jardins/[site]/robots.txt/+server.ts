import { canonical, enterSite } from '#edge/enter-site.ts';
import { robots } from '#edge/sitemap.ts';

/** Where the garden's pages are listed: what `/robots.txt` is on its own host. */
export const GET = async (event) => {
  const { site } = await enterSite(event);
  return robots(canonical(site, '/sitemap.xml'));
};
