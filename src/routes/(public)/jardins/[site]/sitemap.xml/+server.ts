import { publicCampaigns } from '#domains/giving/index.server.ts';
import { news, placesSeen, recipeCards } from '#domains/site/index.server.ts';
import { publicNav } from '#domains/site/ui/public.ts';
import { publicWorkshops } from '#domains/workshops/index.server.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { sitemap } from '#edge/sitemap.ts';
import type { Right } from '#platform/access/rights.ts';
import { now } from '#platform/clock.ts';

/** What pages of each kind show to everybody. */
const listed: Right[] = ['logistics:read', 'site:read', 'composition:read', 'workshops:read', 'giving:read'];

/** The garden's pages, for search engines. */
export const GET = async (event) => {
  const { site, visitor, today } = await enterSite(event, ...listed);
  const [places, latest, recipes, workshops, campaigns] = await Promise.all([
    placesSeen(visitor, today),
    news(visitor, today, now()),
    recipeCards(visitor),
    publicWorkshops(visitor, today),
    publicCampaigns(visitor, today),
  ]);
  const pages = [
    ...['', ...publicNav(site).map(({ path }) => path), '/inscription', '/mentions-legales'],
    ...places.map(({ id }) => `/depots/${id}`),
    ...latest.map(({ slug }) => `/actualites/${slug}`),
    ...workshops.map(({ id }) => `/ateliers/${id}`),
    ...campaigns.map(({ slug }) => `/dons/${slug}`),
    ...recipes.map(({ id }) => `/recettes/${id}`),
  ];
  return sitemap(pages.map((path) => canonical(site, path)));
};
