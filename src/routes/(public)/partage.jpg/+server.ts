import { networkCard, networkSite } from '#domains/site/index.server.ts';

/** What social networks show of the network's pages. */
export const GET = async () => {
  const { name, texts } = await networkSite();
  const card = await networkCard(name, texts.title);
  return new Response(card as BodyInit, {
    headers: {
      'content-type': 'image/jpeg',
      'content-length': String(card.length),
      'cache-control': 'public, max-age=86400',
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
};
