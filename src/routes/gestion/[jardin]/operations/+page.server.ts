import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { listOperations, undoBatch } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'subscriptions:read');
  const query = readQuery(event.url.searchParams, { sorts: [], filters: [] });
  const { rows, total } = await listOperations(actor, { limit: query.perPage, offset: (query.page - 1) * query.perPage });
  return { rows, total, query, base: `/gestion/${garden.slug}` };
};

const operation = z.object({ id: z.coerce.number().int().positive() });

export const actions = {
  annuler: async (event) => {
    const { actor, today } = enter(event, 'subscriptions:read');
    let name = '';
    let kind = '';
    const failure = await readAnd(event, operation, async ({ id }) => {
      const undone = await undoBatch(actor, id, today);
      if (undone.ok) ({ name, kind } = undone.value);
      return undone;
    });
    if (failure) return failure;
    leaveFlash(
      event.cookies,
      `« ${name} » est annulé : ${kind === 'reminders' ? 'ces rappels ne comptent plus' : 'les paniers sont comme avant'}.`,
    );
    redirect(303, event.url.pathname);
  },
};
