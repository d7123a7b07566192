import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { archivedPlaces, depotFilters, depots, reviveDepot } from '#domains/logistics/index.server.ts';
import { slotStandings } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { depotFilterList, depotsAsked, readDepotQuery } from './asked.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const mayChange = can(actor, 'logistics:change');
  const filters = depotFilterList(await depotFilters(actor));
  const query = readDepotQuery(event.url.searchParams, filters);
  const [found, standings, { depots: archived }] = await Promise.all([
    depots(actor, depotsAsked(query)),
    slotStandings(actor, today),
    mayChange ? archivedPlaces(actor) : { depots: [] },
  ]);
  return { ...found, standings, archived, query, filters, mayChange };
};

const oneDepot = z.object({ depot: z.coerce.number().int().min(1) });

export const actions = {
  reprendre: async (event) => {
    const { actor, garden } = enter(event, 'logistics:change');
    const form = await readForm(event, oneDepot);
    if (!form.ok) return form.failure;
    const done = await reviveDepot(actor, form.value.depot);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'Le point de dépôt est de nouveau en cours. Remettez-le sur une tournée.');
    redirect(303, `/gestion/${garden.slug}/depots/${form.value.depot}`);
  },
};
