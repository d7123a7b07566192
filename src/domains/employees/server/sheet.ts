import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { drawPaySheet } from '../documents/pay-sheet.ts';
import type { Month } from '../rules/deduct.ts';
import { payList } from './read.ts';

/** The list of a month as a PDF for payroll: those of whom something is taken. */
export async function paySheet(actor: Actor, month: Month, today: Day): Promise<{ name: string; content: Buffer }> {
  requireRight(actor, 'employees:read');
  const [list, garden] = await Promise.all([
    payList(actor, month),
    readInGarden(
      actor,
      async (tx) => (await sql<{ name: string }>`select name from garden where id = app_garden()`.execute(tx)).rows[0]?.name ?? '',
    ),
  ]);
  const lines = list.lines.filter(({ cents }) => cents > 0);
  const content = await drawPaySheet({ garden, month, closed: list.closed !== null, lines, editedOn: today });
  return { name: `Retenues sur salaire ${month.slice(0, 7)}`, content };
}
