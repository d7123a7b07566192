import { chequesBack } from './match-cheques.ts';
import { fromCustomers } from './match-customers.ts';
import { collected, returns } from './match-debits.ts';
import { type Index, indexOf, type Known } from './match-known.ts';
import { accounts, sent, slips } from './match-others.ts';
import { confidences, type Proposal, targetKey } from './proposal.ts';
import type { BankLine } from './statement.ts';

/**
 * What each line may be, the best first; nothing is changed. One proposal at most is sure for a line; what happens once (a debit comes back, a slip
 * arrives, a payment is received) is sure for one line at most, whatever their order: when two claim it, both are to be looked at.
 */
export function proposeAll<L extends BankLine>(lines: readonly L[], known: Known): Map<L, Proposal[]> {
  const index = indexOf(known);
  const proposed = new Map(lines.map((line) => [line, propose(line, index)]));
  const claims = Map.groupBy(
    [...proposed].flatMap(([line, [first]]) => (first?.confidence === 'sure' ? [{ line, first }] : [])),
    ({ first }) => targetKey(first.target),
  );
  for (const [, some] of claims) {
    if (
      some.length < 2 ||
      fitTogether(
        some.map(({ line }) => line),
        some[0]!.first,
        known,
      )
    )
      continue;
    for (const { first } of some) {
      first.confidence = 'likely';
      first.why.push('mais une autre ligne dit la même chose');
    }
  }
  return proposed;
}

function propose(line: BankLine, index: Index): Proposal[] {
  const all = [alreadyTold, chequesBack, returns, collected, slips, sent, fromCustomers, accounts].flatMap((rule) => rule(line, index));
  const told = all.some(({ target }) => target.kind === 'line');
  const sure = all.filter(({ confidence }) => confidence === 'sure');
  // Nothing is accepted by itself for a line that may count twice.
  if (sure.length > 1 || told) {
    for (const one of sure) {
      one.confidence = 'likely';
      one.why.push(told ? 'mais elle est peut-être déjà lue' : 'mais il y a une autre possibilité');
    }
  }
  return all
    .sort(
      (a, b) => confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) || compare(targetKey(a.target), targetKey(b.target)),
    )
    .slice(0, 6);
}

/** A line of the same amount, about the same day, in a file of another kind: people say whether it is the same. */
const alreadyTold = (line: BankLine, index: Index): Proposal[] =>
  (index.twinsOf.get(line.key) ?? []).map(({ id }) => ({
    target: { kind: 'line', id },
    confidence: 'likely',
    why: ['même montant, dans un fichier d’une autre sorte'],
  }));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lots of one file of debits come as lines of their own; a customer may pay twice, but not the same invoice. */
function fitTogether(lines: readonly BankLine[], { target }: Proposal, known: Known): boolean {
  if (target.kind === 'customer') return target.document === null;
  if (target.kind !== 'batch') return false;
  const lot = known.lots.find(({ batch }) => batch === target.id)!;
  return lines.reduce((sum, { amount }) => sum + amount, 0) <= lot.batchTotal - lot.told;
}
