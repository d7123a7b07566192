import { methodsPage } from '#domains/payments/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const { methods, accounts } = await methodsPage(actor);
  return {
    base: `/gestion/${garden.slug}/encaissements`,
    slug: garden.slug,
    methods: methods.map((method) => ({ ...method, accountName: accounts.find(({ number }) => number === method.account)?.name ?? '' })),
    mayChange: can(actor, 'payments:change'),
  };
};
