import { sql } from 'kysely';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Month } from '../rules/deduct.ts';
import { type AgreementRow, closedList, loadAgreements, openList, type PayList } from './store.ts';

/** Agreements of employees, those that hold first. One query. */
export function agreements(actor: Actor): Promise<AgreementRow[]> {
  requireRight(actor, 'employees:read');
  return readInGarden(actor, async (tx) => {
    const all = await loadAgreements(tx, sql`true`);
    return [...all.filter(({ endsOn }) => endsOn === null), ...all.filter(({ endsOn }) => endsOn !== null)];
  });
}

/** One agreement; null when there is none. One query. */
export function agreement(actor: Actor, id: number): Promise<AgreementRow | null> {
  requireRight(actor, 'employees:read');
  return readInGarden(actor, async (tx) => (await loadAgreements(tx, sql`a.id = ${id}`))[0] ?? null);
}

/** The list of a month for payroll: as it was given, or as it would be now. Four queries at most. */
export function payList(actor: Actor, month: Month): Promise<PayList> {
  requireRight(actor, 'employees:read');
  return readInGarden(actor, async (tx) => (await closedList(tx, month)) ?? openList(tx, month));
}
