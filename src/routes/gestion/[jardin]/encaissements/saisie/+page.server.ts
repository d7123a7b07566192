import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { addPile, pilePage } from '#domains/payments/index.server.ts';
import { sayPerson, typedLines } from '#domains/payments/rules/pile.ts';
import { pileForm } from '#domains/payments/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';
import { formatEuros } from '#kernel/money.ts';

const sizes = [10, 25, 50, 100];
const sizeOf = (url: URL) => sizes.find((size) => String(size) === url.searchParams.get('lignes')) ?? 10;

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'payments:change');
  const { people, methods, banks } = await pilePage(actor);
  const asked = idAsked(event.url.searchParams.get('moyen'));
  return {
    base: `/gestion/${garden.slug}/encaissements`,
    today,
    key: randomUUID(),
    size: sizeOf(event.url),
    sizes,
    methods,
    method: methods.find(({ id }) => id === asked)?.id ?? methods.find(({ kind }) => kind === 'cheque')?.id,
    banks,
    people: people.map((one) => ({
      value: sayPerson(one),
      label:
        one.balance > 0 ? `à régler ${formatEuros(one.balance)}` : one.balance < 0 ? `${formatEuros(-one.balance)} d’avance` : 'à jour',
    })),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'payments:change');
    const size = sizeOf(event.url);
    const form = await readForm(event, pileForm(size));
    if (!form.ok) return form.failure;
    const { key, method, day, total } = form.value;
    const added = await addPile(actor, { key, method, day, total, typed: typedLines(form.value, size) }, today);
    if (!added.ok) return refused(added, form.values);
    const { count } = added.value;
    leaveFlash(
      event.cookies,
      `${count > 1 ? `${count} règlements sont enregistrés` : 'Le règlement est enregistré'} : ${formatEuros(added.value.total)}.`,
    );
    redirect(303, `/gestion/${garden.slug}/encaissements?moyen=${method}`);
  },
};
