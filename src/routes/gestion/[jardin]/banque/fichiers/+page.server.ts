import { bankFiles } from '#domains/banking/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  return {
    slug: garden.slug,
    base: `/gestion/${garden.slug}/banque`,
    files: await bankFiles(actor),
    mayChange: can(actor, 'payments:change'),
  };
};
