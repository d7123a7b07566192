import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { drawSlip, slipTitle } from '../documents/slip-sheet.ts';
import { slip } from './slips.ts';

/** A slip on paper, with the name of its file; null when there is none, or it was undone. */
export async function slipSheet(actor: Actor, id: number, today: Day): Promise<{ name: string; pdf: Buffer } | null> {
  const found = await slip(actor, id);
  if (!found || found.state === 'undone') return null;
  const account = found.account ?? (found.accounts.length === 1 ? found.accounts[0]! : null);
  return { name: slipTitle(found), pdf: await drawSlip({ ...found, account, editedOn: today }) };
}
