import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { changeWorkshop, workshopPage } from '#domains/workshops/index.server.ts';
import { workshopSchema } from '#domains/workshops/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';
import { payersFor } from '../../payers.ts';

const typed = (cents: number) => (cents ? (cents / 100).toFixed(2).replace('.', ',') : '');

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:change');
  const { workshop } = (await workshopPage(actor, idIn(event.params.id), today)) ?? error(404, { message: 'Cet atelier n’existe pas.' });
  const { title, kind, description, day, from, until, place, address, seats, enrolUntil, fee, cost, funder, published, version } = workshop;
  const { feeBilled, feeVat, funderId } = workshop;
  return {
    ...{ version, token: randomUUID(), title },
    // Known to who may know funders.
    asked: workshop.claimId !== null && can(actor, 'solidarity:read'),
    funders: await payersFor(actor),
    values: {
      ...{ title, kind, description, day, from, until, place, address, seats, enrolUntil, funder, published },
      ...{ feeBilled, feeVat: String(feeVat), funderId: funderId === null ? '' : String(funderId) },
      fee: typed(fee),
      cost: typed(cost),
    },
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'workshops:change');
    const form = await readForm(event, workshopSchema);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const done = await changeWorkshop(actor, id, form.value, today);
    if (!done.ok) return refused(done, form.values);
    const { told } = done.value;
    leaveFlash(
      event.cookies,
      `L’atelier est enregistré.${told ? ` ${told > 1 ? `${told} inscrits sont prévenus` : 'L’inscrit est prévenu'} du changement.` : ''}`,
    );
    redirect(303, `/gestion/${garden.slug}/ateliers/${id}`);
  },
};
