import { redirect } from '@sveltejs/kit';
import { stateEligibility, statementPage } from '#domains/giving/index.server.ts';
import { statementForm } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const home = `/gestion/${garden.slug}`;
  return {
    ...(await statementPage(actor, today)),
    today,
    home,
    base: `${home}/dons/recus`,
    mayChange: can(actor, 'giving:change'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'giving:change');
    const form = await readForm(event, statementForm);
    if (!form.ok) return form.failure;
    const stated = await stateEligibility(actor, form.value, today);
    if (!stated.ok) return refused(stated, form.values);
    leaveFlash(
      event.cookies,
      form.value.eligible
        ? 'La déclaration est enregistrée : les reçus fiscaux peuvent être faits.'
        : 'C’est noté : plus aucun reçu fiscal n’est fait.',
    );
    redirect(303, `/gestion/${garden.slug}/dons/recus`);
  },
};
