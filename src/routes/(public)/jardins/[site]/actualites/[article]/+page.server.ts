import { error } from '@sveltejs/kit';
import { beginningOf, newsItem, toHtml } from '#domains/site/index.server.ts';
import { canonical, enterSite } from '#edge/enter-site.ts';
import { siteHead } from '#edge/site-head.ts';
import { now } from '#platform/clock.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'site:read');
  const item = await newsItem(visitor, event.params.article, today, now());
  if (!item) error(404, 'Cet article n’est pas, ou n’est plus, en ligne.');
  const { body, photo, ...article } = item;
  const path = `/actualites/${item.slug}`;
  const image = photo ? `/photos/${photo.id}-${photo.sizes.at(-1)}.webp` : undefined;
  return {
    head: siteHead(site, path, item.summary || beginningOf(body), { title: item.title, image }),
    data: {
      '@type': 'NewsArticle',
      headline: item.title,
      datePublished: item.day,
      image: canonical(site, image ?? '/partage.jpg'),
      author: { '@type': 'Organization', name: site.name, url: canonical(site, '') },
    },
    article,
    photo,
    html: toHtml(body, { base }),
  };
};
