import { beginningOf, siteTexts } from '#domains/site/index.server.ts';
import { enter } from '#edge/enter.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'site:read');
  const texts = await siteTexts(actor);
  return { texts: texts.map(({ key, body, version }) => ({ key, beginning: beginningOf(body, 180), own: version > 0 })) };
};
