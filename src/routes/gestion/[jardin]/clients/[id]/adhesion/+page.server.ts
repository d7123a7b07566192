import { error, redirect } from '@sveltejs/kit';
import { addMembership, dispenseMembership, membershipProposal } from '#domains/billing/index.server.ts';
import { membershipMore } from '#domains/billing/schema-memberships.ts';
import { membershipForm } from '#domains/customers/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { shortDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'customers:change');
  const proposal = await membershipProposal(actor, idIn(event.params.id), today, idAsked(event.url.searchParams.get('type')));
  if (!proposal) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
  // Links to another kind keep the subscription that asked for a membership.
  const kept = new URLSearchParams([...event.url.searchParams].filter(([name]) => name === 'suite' || name === 'formule'));
  return { base: `/gestion/${garden.slug}/clients`, ...proposal, kept: kept.toString(), mayKinds: can(actor, 'billing:read') };
};

const form = membershipForm.extend(membershipMore.shape);

/** Back to the subscription that asked for a membership, with its plan chosen; else to the record. */
function backTo({ url, params }: { url: URL; params: { id: string } }, slug: string): string {
  const plan = url.searchParams.get('suite') === 'abonnement' ? idAsked(url.searchParams.get('formule')) : undefined;
  return `/gestion/${slug}/clients/${idIn(params.id)}${plan ? `/abonnements/nouveau?formule=${plan}` : ''}`;
}

export const actions = {
  ajouter: async (event) => {
    const { actor, garden, today } = enter(event, 'customers:change');
    const read = await readForm(event, form);
    if (!read.ok) return read.failure;
    const added = await addMembership(actor, idIn(event.params.id), read.value, today);
    if (!added.ok) return refused(added, read.values);
    const billed = added.value.charged ? ' Elle sera sur la prochaine facture.' : '';
    leaveFlash(event.cookies, `L’adhésion est enregistrée, jusqu’au ${shortDay(read.value.endsOn)}.${billed}`);
    redirect(303, backTo(event, garden.slug));
  },

  dispenser: async (event) => {
    const { actor, garden } = enter(event, 'customers:change');
    const dispensed = (await event.request.formData()).get('dispensed') === 'yes';
    const done = await dispenseMembership(actor, idIn(event.params.id), dispensed);
    if (!done.ok) return refused(done);
    leaveFlash(event.cookies, dispensed ? 'Ce client est dispensé d’adhésion.' : 'L’adhésion est de nouveau demandée à ce client.');
    redirect(303, backTo(event, garden.slug));
  },
};
