import { redirect } from '@sveltejs/kit';
import { openBalances, openingBalances } from '#domains/billing/index.server.ts';
import { type OpeningSign, openingOf, openingTotals, toOpen } from '#domains/billing/rules/opening.ts';
import { openingForm } from '#domains/billing/schema-charges.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

/** `?sens=owes`: what would be written if a balance without a sign were owed by the customer; `in_hand`: if she had it in hand. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'billing:read');
  const { sign, day, lines } = await openingBalances(actor, today);
  const asked = openingForm.safeParse({ sign: event.url.searchParams.get('sens') });
  const chosen: OpeningSign | null = asked.success ? asked.data.sign : event.url.searchParams.has('changer') ? null : sign;
  const reading = (one: OpeningSign) => openingTotals(lines.map(({ brought }) => openingOf(brought, one)));
  return {
    ...{ sign, chosen, day, mayChange: can(actor, 'billing:change') },
    readings: { owes: reading('owes'), in_hand: reading('in_hand') },
    examples: { above: lines.find(({ brought }) => brought > 0) ?? null, below: lines.find(({ brought }) => brought < 0) ?? null },
    lines: lines.map(({ customer, number, name, brought, opened }) => ({
      ...{ customer, number, name, brought, opened },
      wanted: chosen && openingOf(brought, chosen),
    })),
    toWrite: chosen ? toOpen(lines, chosen).length : 0,
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'billing:change');
    const form = await readForm(event, openingForm);
    if (!form.ok) return form.failure;
    const opened = await openBalances(actor, form.value.sign, today);
    if (!opened.ok) return refused(opened, form.values);
    const { written } = opened.value;
    leaveFlash(
      event.cookies,
      written === 0
        ? 'Tout était déjà écrit.'
        : written === 1
          ? 'Un solde est écrit dans les comptes.'
          : `${written} soldes sont écrits dans les comptes.`,
    );
    redirect(303, `/gestion/${garden.slug}/soldes-repris`);
  },
};
