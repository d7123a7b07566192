import { error, redirect } from '@sveltejs/kit';
import { cancelWorkshop, claimWorkshop, withdrawSomebody, workshopPage, workshopPayers } from '#domains/workshops/index.server.ts';
import { cancelSchema, claimSchema, enrolmentSchema } from '#domains/workshops/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { addDays } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:read');
  const found = (await workshopPage(actor, idIn(event.params.id), today)) ?? error(404, { message: 'Cet atelier n’existe pas.' });
  // Whom its cost is asked from is solidarity's.
  const payers = can(actor, 'solidarity:read') && found.workshop.claimId !== null ? await workshopPayers(actor, found.workshop.id) : null;
  return {
    ...{ ...found, today, mayChange: can(actor, 'workshops:change'), opensCustomers: can(actor, 'customers:read') },
    payers,
    dueOn: addDays(today, 30),
    mayClaim: can(actor, 'workshops:change') && can(actor, 'solidarity:change'),
  };
};

export const actions = {
  annuler: async (event) => {
    const { actor, garden, today } = enter(event, 'workshops:change');
    const id = idIn(event.params.id);
    const form = await readForm(event, cancelSchema);
    if (!form.ok) return form.failure;
    const done = await cancelWorkshop(actor, id, form.value, today);
    if (!done.ok) return refused(done, form.values);
    const { told, toCall } = done.value;
    const said = [
      told ? `${told} message${told > 1 ? 's partent' : ' part'}` : '',
      toCall ? `${toCall} personne${toCall > 1 ? 's sont' : ' est'} à appeler` : '',
    ].filter(Boolean);
    leaveFlash(event.cookies, said.length ? `L’atelier est annulé : ${said.join(', ')}.` : 'L’atelier est annulé.');
    redirect(303, `/gestion/${garden.slug}/ateliers/${id}`);
  },
  demander: async (event) => {
    const { actor, garden, today } = enter(event, 'workshops:change');
    enter(event, 'solidarity:change');
    const form = await readForm(event, claimSchema);
    if (!form.ok) return form.failure;
    const asked = await claimWorkshop(actor, idIn(event.params.id), form.value, today);
    if (!asked.ok) return refused(asked, form.values);
    leaveFlash(event.cookies, `${asked.value.number} : la demande est établie.`);
    redirect(303, `/gestion/${garden.slug}/solidarite/demandes-de-paiement/${asked.value.claim}`);
  },
  desinscrire: async (event) => {
    const { actor, garden, today } = enter(event, 'workshops:change');
    const id = idIn(event.params.id);
    const failed = await readAnd(event, enrolmentSchema, ({ enrolment }) => withdrawSomebody(actor, id, enrolment, today));
    if (failed) return failed;
    leaveFlash(event.cookies, 'La personne est désinscrite. Si quelqu’un attendait, sa place lui est donnée.');
    redirect(303, `/gestion/${garden.slug}/ateliers/${id}`);
  },
};
