import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import {
  addEnvelope,
  funders,
  moneyOverview,
  noteReading,
  planChoices,
  programmes,
  saveProgramme,
  withdrawEnvelope,
} from '#domains/solidarity/index.server.ts';
import { envelopeForm, programmeForm, withdrawEnvelopeForm } from '#domains/solidarity/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

/** `/programmes/nouveau` adds one; `/programmes/12` shows and changes that one, and feeds it. */
export const load = async (event) => {
  const isNew = event.params.id === 'nouveau';
  const { actor, garden, today } = enter(event, isNew ? 'solidarity:change' : 'solidarity:read');
  const id = isNew ? null : idIn(event.params.id);
  const [all, payers, plans, money] = await Promise.all([
    programmes(actor, today),
    funders(actor),
    planChoices(actor, today),
    moneyOverview(actor, today),
  ]);
  const programme = all.find((one) => one.id === id) ?? null;
  if (!isNew && !programme) error(404, { message: 'Ce programme n’existe pas.' });
  if (programme) await noteReading(actor, 'programme', programme.id, today);
  return {
    ...{ base: `/gestion/${garden.slug}/solidarite`, today, programme, plans, key: randomUUID() },
    funders: payers.filter(({ archived }) => !archived),
    payers,
    waiting: money.waiting.filter(({ programmeId }) => programmeId === id),
    envelopes: money.envelopes.filter(({ programmeId }) => programmeId === id),
    short: money.short.filter((one) => one.programme === id),
    mayChange: can(actor, 'solidarity:change'),
  };
};

export const actions = {
  enregistrer: async (event) => {
    const { actor, garden, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, programmeForm);
    if (!form.ok) return form.failure;
    const isNew = event.params.id === 'nouveau';
    const done = await saveProgramme(actor, isNew ? null : idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `« ${form.value.name} » est ${isNew ? 'ajouté' : 'enregistré'}.`);
    redirect(303, `/gestion/${garden.slug}/solidarite/programmes/${done.value.id}`);
  },
  alimenter: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, envelopeForm);
    if (!form.ok) return form.failure;
    const fed = await addEnvelope(actor, idIn(event.params.id), form.value, today);
    if (!fed.ok) return refused(fed, form.values);
    leaveFlash(event.cookies, 'L’enveloppe est ajoutée.');
    redirect(303, `${event.url.pathname}#enveloppes`);
  },
  retirer: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, withdrawEnvelopeForm);
    if (!form.ok) return form.failure;
    const done = await withdrawEnvelope(actor, idIn(event.params.id), form.value.envelope);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’enveloppe est retirée.');
    redirect(303, `${event.url.pathname}#enveloppes`);
  },
};
