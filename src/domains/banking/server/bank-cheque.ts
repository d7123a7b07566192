import { sql } from 'kysely';
import { receiveAgain, rejectPayment } from '#domains/payments/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import type { Tx } from '#platform/db/index.ts';
import { mostChequeFee } from '../rules/match-cheques.ts';
import { reasonOf } from '../rules/reasons.ts';
import type { StoredLine } from './bank-lines.ts';

/**
 * A cheque came back: what it paid is owed again, it leaves the bank's account, and the customer is asked what the garden's settings say. One that was
 * noted on its own page is only linked. @returns what the bank took beyond it, in cents.
 */
export async function rejectCheque(
  tx: Tx,
  line: StoredLine,
  id: number,
  day: Day,
): Promise<Outcome<{ beyond: Cents; act: 'rejected' | 'linked' }>> {
  const { rows } = await sql<{ state: string; amount: Cents; cheque: boolean; deposited: boolean; told: boolean }>`
    select p.state, p.amount_cents as amount, m.kind = 'cheque' as cheque, coalesce(r.state = 'deposited', false) as deposited,
      exists (select from bank_line k where k.garden_id = p.garden_id and k.payment_id = p.id and k.state = 'matched') as told
    from payment p
    join payment_method m on m.garden_id = p.garden_id and m.id = p.method_id
    left join remittance r on r.garden_id = p.garden_id and r.id = p.remittance_id
    where p.garden_id = app_garden() and p.id = ${id} for update of p`.execute(tx);
  const cheque = rows[0];
  if (!cheque?.cheque) return refuse('Ce chèque n’existe pas.');
  if (cheque.told) return refuse('Une autre ligne de la banque est déjà ce chèque.');
  if (line.amount >= 0) return refuse('Un chèque rejeté est de l’argent qui repart : cette ligne est une recette.');
  if (!cheque.deposited) return refuse('Ce chèque n’est pas sur une remise déposée : notez d’abord le dépôt de sa remise.');
  const beyond = -line.amount - cheque.amount;
  if (beyond < 0) return refuse('La banque a repris moins que ce chèque : vérifiez de quel chèque il s’agit.');
  if (beyond > mostChequeFee) return refuse('La banque a repris bien plus que ce chèque : vérifiez de quel chèque il s’agit.');
  if (cheque.state === 'rejected') return done({ beyond, act: 'linked' });
  const rejected = await rejectPayment(tx, id, { day, reason: whyBack(line.returnReason) });
  return rejected.ok ? done({ beyond, act: 'rejected' }) : rejected;
}

/** Labels of cheques seldom say more than « impayé ». */
const whyBack = (code: string): string =>
  code === '' || code === 'MS03' ? 'Chèque rejeté par la banque' : `Chèque rejeté : ${reasonOf(code).says}`;

/** The line was something else: the cheque is good after all. */
export async function chequeIsGood(tx: Tx, line: StoredLine, today: Day, reason: string): Promise<Outcome<null>> {
  const again = await receiveAgain(tx, line.paymentId!, { day: today, reason, source: `bank-undone:${line.id}:${line.version}` });
  return again.ok ? done(null) : again;
}
