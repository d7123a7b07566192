import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { createWorkshop } from '#domains/workshops/index.server.ts';
import { workshopSchema } from '#domains/workshops/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { payersFor } from '../payers.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'workshops:change');
  const empty = {
    title: '',
    description: '',
    day: '',
    from: '14:00',
    until: '16:30',
    place: '',
    address: '',
    enrolUntil: '',
    fee: '',
    cost: '',
    funder: '',
    ...{ feeBilled: 'on_spot', feeVat: '2000', funderId: '' },
  };
  return { funders: await payersFor(actor), token: randomUUID(), values: { ...empty, kind: 'cooking', seats: 10, published: true } };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'workshops:change');
    const form = await readForm(event, workshopSchema);
    if (!form.ok) return form.failure;
    const made = await createWorkshop(actor, form.value);
    if (!made.ok) return refused(made, form.values);
    leaveFlash(event.cookies, form.value.published ? 'L’atelier est proposé : vos abonnés le voient.' : 'Le brouillon est gardé.');
    redirect(303, `/gestion/${garden.slug}/ateliers/${made.value.id}`);
  },
};
