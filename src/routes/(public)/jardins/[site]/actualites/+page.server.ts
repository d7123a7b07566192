import { beginningOf, news } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { site, visitor, today } = await enterSite(event, 'site:read');
  const items = await news(visitor, today, now());
  return {
    head: siteHead(site, '/actualites', `Les nouvelles de ${site.name} : ce qui pousse, ce qui se prépare, ce qui se fête.`, {
      title: 'Actualités',
    }),
    news: items.map(({ body, ...item }) => ({ ...item, summary: item.summary || beginningOf(body) })),
  };
};
