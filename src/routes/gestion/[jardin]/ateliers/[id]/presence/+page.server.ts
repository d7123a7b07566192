import { error, redirect } from '@sveltejs/kit';
import { noteAttendance, workshopPage } from '#domains/workshops/index.server.ts';
import { attendanceSchema } from '#domains/workshops/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'workshops:change');
  const { workshop, enrolments } =
    (await workshopPage(actor, idIn(event.params.id), today)) ?? error(404, { message: 'Cet atelier n’existe pas.' });
  return {
    title: workshop.title,
    early: workshop.day > today,
    parties: enrolments.map(({ id, name, seats, state, came, agreed }) => ({ id, name, seats, state, came, agreed })),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'workshops:change');
    const id = idIn(event.params.id);
    const found = (await workshopPage(actor, id, today)) ?? error(404, { message: 'Cet atelier n’existe pas.' });
    const ids = found.enrolments.map((one) => one.id);
    const form = await readForm(event, attendanceSchema(ids));
    if (!form.ok) return form.failure;
    const value = form.value as Record<string, number | boolean | null>;
    const said = ids.map((one) => ({
      id: one,
      came: value[`came-${one}`] as number | null,
      agreed: value[`agreed-${one}`] as boolean | null,
    }));
    const done = await noteAttendance(actor, id, said, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'C’est noté. Merci !');
    redirect(303, `/gestion/${garden.slug}/ateliers/${id}`);
  },
};
