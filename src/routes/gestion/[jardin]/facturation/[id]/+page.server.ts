import { error, redirect } from '@sveltejs/kit';
import { advanceRun, carryUndoOn, runDetail, stopRun, undoRun } from '#domains/billing/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';
import { readQuery } from '#ui/table.ts';

/** What a page waits for; the queue, or the button once more, does the rest. */
const STEPS = 20;

export const load = async (event) => {
  const { actor } = enter(event, 'billing:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [] });
  const run = await runDetail(actor, idIn(event.params.id), {
    limit: query.perPage,
    offset: (query.page - 1) * query.perPage,
    q: query.search,
  });
  if (!run) error(404, { message: 'Cette facturation n’existe pas.' });
  return { run, query, mayBill: can(actor, 'billing:change'), opensCustomers: can(actor, 'customers:read') };
};

export const actions = {
  reprendre: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const id = idIn(event.params.id);
    const progress = await advanceRun(actor, id, STEPS);
    const state = progress?.state === 'undoing' ? (await carryUndoOn(actor, id, today, STEPS))?.state : progress?.state;
    if (state === 'done') leaveFlash(event.cookies, 'La facturation est terminée.');
    if (state === 'undone') leaveFlash(event.cookies, 'La facturation est annulée : chaque client retrouve son solde d’avant.');
    redirect(303, event.url.pathname);
  },
  arreter: async (event) => {
    const { actor } = enter(event, 'billing:change');
    const stopped = await stopRun(actor, idIn(event.params.id));
    if (!stopped.ok) return refused(stopped);
    leaveFlash(event.cookies, 'La facturation s’arrête là. Les autres clients seront dans la prochaine.');
    redirect(303, event.url.pathname);
  },
  annuler: async (event) => {
    const { actor, today } = enter(event, 'billing:change');
    const id = idIn(event.params.id);
    const begun = await undoRun(actor, id, today);
    if (!begun.ok) return refused(begun);
    const progress = await carryUndoOn(actor, id, today, STEPS);
    if (progress?.state === 'undone') leaveFlash(event.cookies, 'La facturation est annulée : chaque client retrouve son solde d’avant.');
    redirect(303, event.url.pathname);
  },
};
