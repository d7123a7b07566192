import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { refreshStatistics } from '#platform/db/statistics.ts';
import { readBank } from './bank-today.ts';
import { billMonths } from './bills-today.ts';
import { closeBooks } from './closings-today.ts';
import { takeDebits } from './debits-today.ts';
import { writeInvoices } from './documents-today.ts';
import { bringBalances, chargeFees } from './fees-today.ts';
import { payOnline } from './online-today.ts';
import { receivePayments } from './payments-today.ts';
import { remindLate } from './reminders-today.ts';

/**
 * A garden's money, through the commands that its pages call, in the order of a year: balances brought over, charges, months billed, payments,
 * debits, files of the bank, reminders, months closed.
 */
export async function tellMoney(actors: Map<string, Actor>, today: Day): Promise<void> {
  const steps: ((head: Actor, today: Day) => Promise<void>)[] = [
    bringBalances,
    chargeFees,
    billMonths,
    // Thousands of entries came at once: without counting them anew, what reads them is planned for none.
    () => refreshStatistics(),
    receivePayments,
    takeDebits,
    readBank,
    writeInvoices,
    remindLate,
    closeBooks,
    payOnline,
  ];
  const head = [...actors.values()].find((actor) => actor.rights.has('staff:change'))!;
  for (const step of steps) await step(head, today);
}
