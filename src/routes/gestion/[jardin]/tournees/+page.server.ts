import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { archivedPlaces, reviveTour } from '#domains/logistics/index.server.ts';
import { tourBoard } from '#domains/preparation/index.server.ts';
import { slotStandings } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const mayChange = can(actor, 'logistics:change');
  const [tours, standings, { tours: archived }] = await Promise.all([
    tourBoard(actor, today),
    slotStandings(actor, today),
    mayChange ? archivedPlaces(actor) : { tours: [] },
  ]);
  return { tours, standings, archived, today, mayChange };
};

const oneTour = z.object({ tour: z.coerce.number().int().min(1) });

export const actions = {
  reprendre: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, oneTour);
    if (!form.ok) return form.failure;
    const done = await reviveTour(actor, form.value.tour, today);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'La tournée est de nouveau en cours, sans passage : ajoutez-lui ses points de dépôt.');
    redirect(303, `/gestion/${garden.slug}/tournees`);
  },
};
