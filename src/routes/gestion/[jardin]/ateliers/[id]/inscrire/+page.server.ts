import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { customerList, customerToChange } from '#domains/customers/index.server.ts';
import { enrolSomebody, workshopPage } from '#domains/workshops/index.server.ts';
import { enrolSchema } from '#domains/workshops/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:change');
  const { workshop } = (await workshopPage(actor, idIn(event.params.id), today)) ?? error(404, { message: 'Cet atelier n’existe pas.' });
  const asked = event.url.searchParams;
  const searches = can(actor, 'customers:read');
  const search = searches ? (asked.get('q') ?? '').trim() : '';
  const chosen = searches ? idAsked(asked.get('client')) : undefined;
  const customer = chosen ? ((await customerToChange(actor, chosen))?.customer.values ?? null) : null;
  const found = search
    ? (await customerList(actor, today, { search, sort: 'nom', direction: 'asc', page: 1, perPage: 20, filters: {} })).rows
    : [];
  return {
    ...{ title: workshop.title, left: Math.max(0, workshop.seats - workshop.taken), token: randomUUID(), search, searches },
    customer: customer && { id: chosen!, name: `${customer.firstName} ${customer.lastName}`.trim() },
    // Somebody who is no subscriber is put down by name.
    guest: !searches || asked.has('autre'),
    found: found.map(({ id, number, lastName, firstName, city }) => ({ id, number, name: `${lastName} ${firstName}`.trim(), city })),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'workshops:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, enrolSchema);
    if (!form.ok) return form.failure;
    const done = await enrolSomebody(actor, id, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(
      event.cookies,
      done.value.state === 'enrolled' ? 'C’est inscrit.' : 'Il n’y a plus assez de places : c’est noté sur la liste d’attente.',
      done.value.state === 'enrolled' ? 'success' : 'attention',
    );
    redirect(303, `/gestion/${garden.slug}/ateliers/${id}`);
  },
};
