import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { whyNotCreditor, whyNotIban } from './account.ts';
import { addBankDays, bankDayFrom, isBankDay } from './bank-days.ts';
import { isSepaReference } from './letters.ts';
import { lapsesOn, type MandateLife, stateOn } from './mandate.ts';

/** Something to mend before a file is written, in French, and where: a path within the garden's pages. `warning`: it may be accepted as it is. */
export type Fault = { level: 'error' | 'warning'; says: string; mend: { path: string; label: string } | null };

export type CheckedMandate = MandateLife & { id: number; reference: string; iban: string };

const error = (says: string, path: string, label: string): Fault => ({ level: 'error', says, mend: { path, label } });

/** Why a customer cannot be debited on a day; nothing when she can. */
export function faultsOfMandate(customer: number, mandate: CheckedMandate | null, dueOn: Day, today: Day): Fault[] {
  const another = (says: string) => [error(says, `/prelevements/mandats/nouveau?client=${customer}`, 'Enregistrer un mandat')];
  if (!mandate) return another('Pas de mandat de prélèvement.');
  const state = stateOn(mandate, dueOn);
  if (state === 'ended')
    return another(
      mandate.endedOn ? `Son mandat est terminé depuis le ${shortDay(mandate.endedOn)}.` : 'Son mandat ne valait que pour un prélèvement.',
    );
  if (state === 'lapsed')
    return another(
      `Son mandat est caduc depuis le ${shortDay(lapsesOn(mandate))} : 36 mois sans prélèvement. Il faut en faire signer un nouveau.`,
    );
  const path = `/prelevements/mandats/${mandate.id}`;
  const faults: Fault[] = [];
  if (mandate.signedOn > today)
    faults.push(error(`La date de signature du mandat est dans l’avenir (${shortDay(mandate.signedOn)}).`, path, 'Voir le mandat'));
  const iban = whyNotIban(mandate.iban);
  if (iban) faults.push(error(iban, path, 'Changer le compte'));
  if (!isSepaReference(mandate.reference))
    faults.push(
      error(
        `Les banques refusent la référence « ${mandate.reference} » (signes, espaces autour ou plus de 35 signes).`,
        path,
        'Changer la référence',
      ),
    );
  return faults;
}

/** Why a line cannot stay as it is: what its customer owes may have changed since it was prepared. */
export function faultsOfAmount(amount: Cents, owed: Cents): Fault[] {
  if (amount <= owed) return [];
  const says = owed === 0 ? 'Plus rien n’est dû : c’est réglé, ou crédité.' : `Il ne reste que ${formatEuros(owed)} à prélever.`;
  return [{ level: 'error', says: `${says} Recalculez le prélèvement, ou mettez cette ligne de côté.`, mend: null }];
}

export type CheckedAccount = { id: number; holder: string; iban: string; creditorIdentifier: string };

/** What is wrong with the garden's side: its account, its identifier. */
export function faultsOfAccount({ id, holder, iban, creditorIdentifier }: CheckedAccount): Fault[] {
  const path = `/banque/comptes/${id}`;
  const wrong = [holder ? null : 'Le titulaire du compte manque.', whyNotIban(iban), whyNotCreditor(creditorIdentifier)];
  return wrong.filter((says) => says !== null).map((says) => error(`Compte du jardin : ${says}`, path, 'Compléter le compte'));
}

/** The first due day that a file written today can still have: banks take it until the bank day before. */
export const earliestDue = (today: Day): Day => addBankDays(today, 1);

/** Why nothing can be debited on this day, or null. */
export function whyNotDue(dueOn: Day, today: Day): string | null {
  if (!isBankDay(dueOn)) return `Les banques sont fermées ce jour-là : choisissez le ${sayDayAndYear(bankDayFrom(dueOn))}.`;
  const earliest = earliestDue(today);
  return dueOn < earliest ? `C’est trop tôt : la banque doit avoir le fichier la veille. Au plus tôt le ${sayDayAndYear(earliest)}.` : null;
}
