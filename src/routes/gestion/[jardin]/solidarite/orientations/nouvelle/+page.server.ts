import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { noteReferral, prescriberList } from '#domains/solidarity/index.server.ts';
import { referralForm } from '#domains/solidarity/schema-referral.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:change');
  const prescribers = (await prescriberList(actor)).filter(({ archived }) => !archived);
  return {
    base: `/gestion/${garden.slug}/solidarite/orientations`,
    today,
    key: randomUUID(),
    prescribers: prescribers.map(({ id, name }) => ({ value: String(id), label: name })),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, referralForm);
    if (!form.ok) return form.failure;
    const noted = await noteReferral(actor, form.value, today);
    if (!noted.ok) return refused(noted, form.values);
    leaveFlash(event.cookies, 'La demande est notée.');
    redirect(303, `/gestion/${garden.slug}/solidarite/orientations/${noted.value.id}`);
  },
};
