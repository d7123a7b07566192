import { redirect } from '@sveltejs/kit';
import { funders, moneyOverview, noteReading, programmes, settleGarden, solidarityGlance } from '#domains/solidarity/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  await noteReading(actor, 'programme', 0, today);
  const [rows, payers, money] = await Promise.all([programmes(actor, today), funders(actor), moneyOverview(actor, today)]);
  return {
    base: `/gestion/${garden.slug}/solidarite`,
    slug: garden.slug,
    today,
    programmes: rows,
    funders: payers,
    ...money,
    mayChange: can(actor, 'solidarity:change'),
  };
};

export const actions = {
  compter: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const lines = await settleGarden(actor, today);
    const { undecided } = await solidarityGlance(actor, today);
    const said = lines > 0 ? 'Les paniers livrés jusqu’à hier sont répartis' : 'Rien de nouveau jusqu’à hier';
    if (undecided > 0) leaveFlash(event.cookies, `${said}, sauf ceux que personne ne paie : décidez ci-dessous.`, 'info');
    else leaveFlash(event.cookies, lines > 0 ? `${said}.` : 'Tout est à jour jusqu’à hier.');
    redirect(303, event.url.pathname);
  },
};
