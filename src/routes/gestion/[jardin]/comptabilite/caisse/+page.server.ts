import { redirect } from '@sveltejs/kit';
import { closeTill, till } from '#domains/accounting/index.server.ts';
import { tillForm } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery, say } from '#ui/table.ts';

const filter = {
  key: 'sorte',
  label: 'Clôtures',
  all: 'Jours',
  options: [
    { value: 'mois', label: 'Mois' },
    { value: 'exercices', label: 'Exercices' },
  ],
};
const kinds = { mois: 'month', exercices: 'year' } as const;

/** `?sorte=mois`: closings of days, of months or of years, latest first. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const query = readQuery(event.url.searchParams, { sorts: ['until'], direction: 'desc', filters: [filter], perPage: 25 });
  const kind = kinds[query.filters.sorte as keyof typeof kinds] ?? 'day';
  const shown = await till(actor, today, { kind, limit: query.perPage, offset: (query.page - 1) * query.perPage });
  return { ...shown, kind, query, filters: [filter], today, mayChange: can(actor, 'accounting:change') };
};

export const actions = {
  cloturer: async (event) => {
    const { actor, garden, today } = enter(event, 'accounting:change');
    const form = await readForm(event, tillForm);
    if (!form.ok) return form.failure;
    const done = await closeTill(actor, form.value.until, today);
    if (!done.ok) return refused(done, form.values);
    const { length } = done.value;
    leaveFlash(event.cookies, length ? `La caisse est clôturée : ${say(length, 'clôture', 'clôtures')}.` : 'Rien de nouveau à clôturer.');
    redirect(303, `/gestion/${garden.slug}/comptabilite/caisse`);
  },
};
