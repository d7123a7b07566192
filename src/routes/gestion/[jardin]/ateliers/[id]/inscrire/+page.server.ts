import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { enrolSomebody, workshopPage } from '#domains/workshops/index.server.ts';
import { enrolSchema } from '#domains/workshops/schema.ts';
import { chooseCustomer } from '#edge/choose-customer.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:change');
  const { workshop } = (await workshopPage(actor, idIn(event.params.id), today)) ?? error(404, { message: 'Cet atelier n’existe pas.' });
  const asked = event.url.searchParams;
  const choice = await chooseCustomer(actor, asked, today);
  return {
    ...{ title: workshop.title, left: Math.max(0, workshop.seats - workshop.taken), token: randomUUID() },
    ...choice,
    // Somebody who is no subscriber is put down by name.
    guest: !choice.searches || asked.has('autre'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'workshops:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, enrolSchema);
    if (!form.ok) return form.failure;
    const done = await enrolSomebody(actor, id, form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(
      event.cookies,
      done.value.state === 'enrolled' ? 'C’est inscrit.' : 'Il n’y a plus assez de places : c’est noté sur la liste d’attente.',
      done.value.state === 'enrolled' ? 'success' : 'attention',
    );
    redirect(303, `/gestion/${garden.slug}/ateliers/${id}`);
  },
};
