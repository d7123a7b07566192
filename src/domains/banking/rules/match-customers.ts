import { daysBetween, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { type Index, type KnownCustomer, type KnownPayment, windows } from './match-known.ts';
import type { Confidence, Proposal } from './proposal.ts';
import type { BankLine } from './statement.ts';
import { fold } from './words.ts';

type Clues = {
  customer: KnownCustomer;
  document?: KnownCustomer['documents'][number];
  iban?: boolean;
  number?: boolean;
  /** 'full': family and first name; 'last': family name alone. */
  name?: 'full' | 'last';
};

/**
 * Whose payment a transfer received is. Who paid is what must be certain: the amount then finds what it pays by itself. An amount alone never makes
 * anybody sure, nor does a name alone.
 */
export function fromCustomers(line: BankLine, index: Index): Proposal[] {
  if (line.amount <= 0 || line.returnReason) return [];
  const found = gather(line, index);
  const proposals = [...found.values()].map((clues) => judge(line, clues, index, found.size === 1));
  if (proposals.length === 0) {
    const owing = (index.owing.get(line.amount) ?? []).slice(0, 3);
    return owing.map((customer) => judge(line, { customer }, index, owing.length === 1));
  }
  return proposals;
}

/** Numbers of documents that lines cite, and customers who may have paid: what they owe is to be looked up. Amounts alone count too. */
export function cluesOf(lines: readonly BankLine[], index: Index): { numbers: string[]; customers: number[] } {
  const received = lines.filter(({ amount, returnReason }) => amount > 0 && !returnReason);
  const texts = received.flatMap(({ label, endToEnd }) => [...windows(fold(`${label} ${endToEnd}`).split(' '))]);
  const numbers = texts.flatMap((text) => {
    const [, letter, year, sequence] = /^([fa])(20\d\d)(\d{5,7})$/.exec(text) ?? [];
    return letter ? [`${letter.toUpperCase()}${year}-${sequence}`] : [];
  });
  const customers = received.flatMap((line) => [
    ...gather(line, index).keys(),
    ...(index.owing.get(line.amount) ?? []).slice(0, 3).map(({ id }) => id),
  ]);
  return { numbers: [...new Set(numbers)], customers: [...new Set(customers)] };
}

function gather(line: BankLine, index: Index): Map<number, Clues> {
  const words = fold(`${line.label} ${line.counterparty} ${line.endToEnd}`).split(' ');
  const present = new Set(words);
  const found = new Map<number, Clues>();
  const note = (customer: KnownCustomer, clue: Partial<Clues>) => found.set(customer.id, { customer, ...found.get(customer.id), ...clue });
  for (const text of windows(words)) {
    const known = text.length >= 6 ? index.documents.get(text) : undefined;
    if (known) note(known.customer, { document: known.document });
  }
  for (const customer of index.ibans.get(line.counterpartyIban) ?? []) note(customer, { iban: true });
  for (const [at, word] of words.entries()) {
    if (/^(client|adherent|abonne|numero|no|n)$/.test(word)) {
      const customer = index.numbers.get(words[at + 1] ?? '');
      if (customer) note(customer, { number: true });
    }
  }
  for (const word of present) {
    for (const { customer, last, first } of index.byFirstWord.get(word) ?? []) {
      if (!last.every((one) => present.has(one)) || (last.length === 1 && word.length < 3)) continue;
      note(customer, { name: first.length === 0 || first.every((one) => present.has(one)) ? 'full' : 'last' });
    }
  }
  return found;
}

function judge(line: BankLine, { customer, document, iban, number, name }: Clues, index: Index, only: boolean): Proposal {
  const awaited = closest(line, index.paymentsOf.get(customer.id) ?? []);
  const debt = customer.documents.find(({ left }) => left === line.amount);
  const exact = awaited !== undefined || debt !== undefined || customer.owes === line.amount;
  const shared = (index.ibans.get(line.counterpartyIban)?.length ?? 0) > 1;
  const own = iban && !shared;
  const sure =
    (document && (exact || own || name === 'full')) || (own && (exact || name === 'full')) || (number && name === 'full' && exact);
  const likely = document || iban || (name === 'full' && exact) || (number && exact) || (only && name === 'last' && exact);
  const confidence: Confidence = sure ? 'sure' : likely ? 'likely' : 'possible';
  const why = [
    document && `facture ${document.number} citée`,
    iban && (shared ? 'compte bancaire de plusieurs clients' : 'compte bancaire connu'),
    number && `client n° ${customer.number} cité`,
    name === 'full' ? 'nom et prénom' : name === 'last' ? 'nom de famille' : null,
    awaited && (awaited.received ? `déjà encaissé le ${shortDay(awaited.day)}` : `attendu pour le ${shortDay(awaited.day)}`),
    exact && !awaited && (debt ? `montant exact de ${debt.number}` : 'montant exact du solde'),
    !exact && customer.owes > 0 && `doit ${formatEuros(customer.owes)}`,
  ];
  const target = awaited
    ? { kind: 'payment' as const, id: awaited.id }
    : { kind: 'customer' as const, id: customer.id, document: document?.id ?? null };
  return { target, confidence, why: why.filter((text) => typeof text === 'string') };
}

/** The payment of that amount which is announced for about then, or was written by hand. */
function closest(line: BankLine, payments: readonly KnownPayment[]): KnownPayment | undefined {
  const away = ({ day }: KnownPayment) => Math.abs(daysBetween(day, line.day));
  return payments
    .filter((one) => one.direction === 'in' && one.amount === line.amount && away(one) <= (one.received ? 15 : 60))
    .toSorted((a, b) => away(a) - away(b) || a.id - b.id)[0];
}
