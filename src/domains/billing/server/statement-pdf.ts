import type { Day } from '#kernel/day.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { drawStatement } from '../documents/statement-sheet.ts';
import { type Statement, statement } from './statement.ts';

/** A customer's statement as a file; null when there is no such customer. Rights are those of `statement`. */
export async function statementPdf(
  actor: Actor,
  customerId: number,
  asked: { from?: Day | null; until?: Day | null },
  today: Day,
): Promise<{ told: Statement; name: string; content: Buffer } | null> {
  const told = await statement(actor, customerId, asked, today);
  if (!told) return null;
  return { told, name: `Relevé ${told.recipient.name} ${told.until}.pdf`, content: await drawStatement({ ...told, editedOn: today }) };
}

/** The customer who has this number; null when nobody does. */
export function customerNumbered(actor: Actor, number: string): Promise<number | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(
    actor,
    async (tx) => (await tx.selectFrom('customer').select('id').where('number', '=', number).executeTakeFirst())?.id ?? null,
  );
}
