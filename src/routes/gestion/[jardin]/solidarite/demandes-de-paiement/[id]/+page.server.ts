import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import {
  claimPage,
  contestClaim,
  funders,
  maintainClaim,
  markClaimSent,
  moveClaimed,
  moveCosts,
  noteReading,
} from '#domains/solidarity/index.server.ts';
import { contestForm, maintainForm, moveCostsForm, moveForm } from '#domains/solidarity/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { formatEuros } from '#kernel/money.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'solidarity:read');
  const claim = await claimPage(actor, idIn(event.params.id));
  if (!claim) error(404, { message: 'Cette demande n’existe pas.' });
  await noteReading(actor, 'claim', claim.id, today);
  const mayDecide = claim.contestedAt !== null && can(actor, 'solidarity:change');
  const payers = mayDecide ? (await funders(actor)).filter(({ id, archived }) => id !== claim.funderId && !archived) : [];
  return {
    payers: payers.map(choice),
    // A workshop is asked from who can be asked; or the garden bears it.
    costPayers: [
      ...payers.filter(({ customerId }) => customerId !== null).map(choice),
      { value: 'garden', label: 'Le jardin le prend à sa charge' },
    ],
    keys: { baskets: randomUUID(), costs: randomUUID(), maintained: randomUUID() },
    ...{ garden: `/gestion/${garden.slug}`, today, claim },
    mayChange: can(actor, 'solidarity:change'),
    seesDocument: can(actor, 'billing:read'),
    mayReceive: can(actor, 'payments:change'),
  };
};

const choice = ({ id, name }: { id: number; name: string }) => ({ value: String(id), label: name });
const nothing = z.object({});

export const actions = {
  envoyee: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, nothing);
    if (!form.ok) return form.failure;
    const done = await markClaimSent(actor, idIn(event.params.id));
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'L’envoi est noté.');
    redirect(303, event.url.pathname);
  },
  contester: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, contestForm);
    if (!form.ok) return form.failure;
    const done = await contestClaim(actor, idIn(event.params.id), form.value.note);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La contestation est notée.');
    redirect(303, event.url.pathname);
  },
  deplacer: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, moveForm);
    if (!form.ok) return form.failure;
    const done = await moveClaimed(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(
      event.cookies,
      `C’est décidé : ${formatEuros(done.value.cents)} changent de payeur. La correction viendra dans la prochaine demande.`,
    );
    redirect(303, event.url.pathname);
  },
  ateliers: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, moveCostsForm);
    if (!form.ok) return form.failure;
    const done = await moveCosts(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(
      event.cookies,
      `C’est décidé : ${formatEuros(done.value.cents)} ${form.value.costsTo === null ? 'sont à la charge du jardin' : 'changent de payeur'}. La correction viendra dans la prochaine demande.`,
    );
    redirect(303, event.url.pathname);
  },
  maintenir: async (event) => {
    const { actor, today } = enter(event, 'solidarity:change');
    const form = await readForm(event, maintainForm);
    if (!form.ok) return form.failure;
    const done = await maintainClaim(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La décision est notée : la demande reste telle quelle.');
    redirect(303, event.url.pathname);
  },
  accord: async (event) => {
    const { actor } = enter(event, 'solidarity:change');
    const form = await readForm(event, nothing);
    if (!form.ok) return form.failure;
    const done = await contestClaim(actor, idIn(event.params.id), '');
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, 'La demande n’est plus contestée.');
    redirect(303, event.url.pathname);
  },
};
