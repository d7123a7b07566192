import { articleList } from '#domains/site/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'site:read');
  return { articles: await articleList(actor), today, mayChange: can(actor, 'site:change') };
};
