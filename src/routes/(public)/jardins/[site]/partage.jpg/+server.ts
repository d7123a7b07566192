import { shareCard } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';

/** What social networks show of a garden's pages. */
export const GET = async (event) => {
  const { site, visitor } = await enterSite(event, 'site:read');
  const card = await shareCard(visitor, site);
  return new Response(card as BodyInit, {
    headers: {
      'content-type': 'image/jpeg',
      'content-length': String(card.length),
      'cache-control': `${site.published ? 'public' : 'private'}, max-age=86400`,
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
};
