import { redirect } from '@sveltejs/kit';
import { decideRejected, rejectedPayments } from '#domains/receivables/index.server.ts';
import { decisionForm } from '#domains/receivables/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const all = await rejectedPayments(actor, today);
  return {
    base: `/gestion/${garden.slug}`,
    open: all.filter(({ state }) => state === 'open'),
    decided: all.filter(({ state }) => state === 'decided'),
    settled: all.filter(({ state }) => state === 'settled'),
    /** The one that is being decided of. */
    deciding: idAsked(event.url.searchParams.get('decider')) ?? null,
    may: { decide: can(actor, 'payments:change'), open: can(actor, 'customers:read') },
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const failure = await readAnd(event, decisionForm, (values) => decideRejected(actor, values));
    if (failure) return failure;
    leaveFlash(event.cookies, 'C’est noté.');
    redirect(303, `/gestion/${garden.slug}/soldes/rejets`);
  },
};
