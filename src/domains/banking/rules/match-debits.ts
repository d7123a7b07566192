import { addDays, daysBetween, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { Index, KnownDebit } from './match-known.ts';
import type { Proposal } from './proposal.ts';
import { chequeBack } from './return-words.ts';
import type { BankLine } from './statement.ts';
import { fold } from './words.ts';

/** Debits may come back for 13 months (those without a mandate); banks take a few euros for it, never more. */
const returnable = 400;
const mostFee = 3000;

/** A debit that came back: by its reference, its mandate, or its account; by the name when a file says nothing else. */
export function returns(line: BankLine, index: Index): Proposal[] {
  if (line.amount >= 0) return [];
  const taken = -line.amount;
  const text = fold(`${line.label} ${line.counterparty}`);
  const named = index.debitsByEnd.get(line.endToEnd) ?? mentioned(line, index);
  if (named) return [tellReturn(named, taken, 'sa référence est celle du prélèvement')];
  if (!line.returnReason) return [];
  // A cheque that came back is no debit, whoever wrote it.
  if (chequeBack(text)) return [];
  const since = addDays(line.day, -returnable);
  const alike = (debits: readonly KnownDebit[], why: string, sure: boolean): Proposal[] => {
    const fitting = debits.filter(
      ({ state, dueOn, amount }) =>
        state !== 'rejected' && dueOn <= line.day && dueOn >= since && taken >= amount && taken - amount <= mostFee,
    );
    const exact = fitting.filter(({ amount }) => amount === taken);
    const [latest] = (exact.length ? exact : fitting).toSorted((a, b) => b.dueOn.localeCompare(a.dueOn) || b.id - a.id);
    if (!latest) return [];
    const told = tellReturn(latest, taken, why);
    return [exact.length && sure && told.confidence === 'sure' ? told : { ...told, confidence: 'likely' }];
  };
  const ofMandate = line.mandateReference ? (index.debitsByMandate.get(line.mandateReference) ?? []) : [];
  if (ofMandate.length) return alike(ofMandate, `mandat ${line.mandateReference}`, true);
  const ofAccount = line.counterpartyIban ? index.known.debits.filter(({ iban }) => iban === line.counterpartyIban) : [];
  if (ofAccount.length) return alike(ofAccount, 'même compte bancaire', new Set(ofAccount.map(({ customer }) => customer)).size === 1);
  const words = new Set(text.split(' '));
  const ofName = index.known.debits.filter(({ name }) =>
    fold(name)
      .split(' ')
      .every((word) => words.has(word)),
  );
  return new Set(ofName.map(({ customer }) => customer)).size === 1 ? alike(ofName, 'même nom', false) : [];
}

function tellReturn(debit: KnownDebit, taken: number, why: string): Proposal {
  const fee = Math.max(0, taken - debit.amount);
  const about = `prélèvement du ${shortDay(debit.dueOn)}, ${debit.name}`;
  const target = { kind: 'return' as const, id: debit.id, fee: fee <= mostFee ? fee : 0 };
  if (debit.state === 'rejected') return { target, confidence: 'likely', why: [about, why, 'déjà noté comme rejeté'] };
  if (taken === debit.amount) return { target, confidence: 'sure', why: [about, why, 'montant exact'] };
  if (fee > 0 && fee <= mostFee) return { target, confidence: 'likely', why: [about, why, `et ${formatEuros(fee)} de frais de la banque`] };
  return { target, confidence: 'possible', why: [about, why, `le prélèvement était de ${formatEuros(debit.amount)}`] };
}

/** A reference of ours written in a label. Short ones could be anything. */
function mentioned(line: BankLine, index: Index): KnownDebit | undefined {
  if (!line.returnReason) return undefined;
  const words = line.label.split(/[^\w./+-]+/).filter((word) => word.length >= 6);
  return words.map((word) => index.debitsByEnd.get(word)).find(Boolean);
}

/** Debits collected: a file or one of its lots by its reference, by a debit it holds, or by its total around its day. */
export function collected(line: BankLine, index: Index): Proposal[] {
  if (line.amount <= 0 || line.returnReason) return [];
  const { lots } = index.known;
  const alone = index.debitsByEnd.get(line.endToEnd);
  if (alone && line.transactions === 1 && alone.amount === line.amount) {
    const sure = alone.state !== 'rejected';
    return [
      {
        target: { kind: 'debit', id: alone.id },
        confidence: sure ? 'sure' : 'possible',
        why: [`prélèvement du ${shortDay(alone.dueOn)}, ${alone.name}`, 'même référence'],
      },
    ];
  }
  const words = /\b(prlv|prelevements?|prel|sdd|avis de prelevement)\b/.test(fold(line.label));
  const found = new Map<number, Proposal>();
  for (const lot of lots) {
    const left = lot.batchTotal - lot.told;
    const named = lot.reference === line.messageId || index.lotsByEnd.get(line.endToEnd)?.batch === lot.batch;
    const exact = line.amount === lot.total && line.amount <= left;
    const away = Math.abs(daysBetween(lot.dueOn, line.day));
    if (!named && !(exact && away <= 10)) continue;
    const confidence = exact && (named || words) ? 'sure' : exact || named ? 'likely' : 'possible';
    const why = [
      lot.name,
      named ? 'même référence' : words ? 'le libellé parle de prélèvements' : `à ${away} jours de l’échéance`,
      exact ? 'total exact' : `le lot est de ${formatEuros(lot.total)}`,
    ];
    const before = found.get(lot.batch);
    if (!before || rank(confidence) < rank(before.confidence))
      found.set(lot.batch, { target: { kind: 'batch', id: lot.batch }, confidence, why });
  }
  return [...found.values()];
}

const rank = (confidence: Proposal['confidence']): number => ['sure', 'likely', 'possible'].indexOf(confidence);
