import { redirect } from '@sveltejs/kit';
import { openGarden } from '#domains/gardens/index.server.ts';
import { openedGarden } from '#domains/gardens/schema.ts';
import { gardensOfNetwork, networkName } from '#domains/network/index.server.ts';
import { enterNetwork } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import type { PageServerLoadEvent } from './$types';

const actorOfNetwork = (event: Parameters<typeof enterNetwork>[0]) => ({
  userId: enterNetwork(event).id,
  networkStaff: event.locals.networkStaff,
});

export const load = async (event: PageServerLoadEvent) => {
  const actor = actorOfNetwork(event);
  const gardens = await gardensOfNetwork(actor);
  const { name, email } = event.locals.person!;
  return {
    network: await networkName(),
    person: { name, email },
    path: event.url.pathname,
    own: event.locals.gardens,
    gardens: gardens.map(({ id, name, city, postcode, phone }) => ({ id, name, city, postcode, phone })),
  };
};

export const actions = {
  create: async (event) => {
    const actor = actorOfNetwork(event);
    const form = await readForm(event, openedGarden);
    if (!form.ok) return form.failure;
    const { administratorName, administratorEmail, ...garden } = form.value;
    const done = await openGarden(actor, garden, { name: administratorName, email: administratorEmail });
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `Le jardin « ${garden.name} » est créé. Son administrateur reçoit un e-mail.`);
    redirect(303, '/reseau');
  },
};
