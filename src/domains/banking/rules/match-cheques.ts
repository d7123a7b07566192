import { addDays, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { Index, KnownCheque } from './match-known.ts';
import type { Confidence, Proposal } from './proposal.ts';
import { chequeBack } from './return-words.ts';
import type { BankLine } from './statement.ts';
import { fold } from './words.ts';

/** A cheque is good for a year and eight days (article L131-59 du code monétaire et financier); what comes back later never stood on a slip. */
export const chequeDays = 400;
/** What a bank takes for a cheque that comes back, at most: beyond, it is another one. */
export const mostChequeFee = 3000;

/** A cheque that came back unpaid, of a slip that the bank has: by its number, which makes sure; else by its amount and who wrote it. */
export function chequesBack(line: BankLine, index: Index): Proposal[] {
  if (line.amount >= 0) return [];
  const text = fold(`${line.label} ${line.counterparty} ${line.endToEnd}`);
  const spoken = chequeBack(text);
  const words = new Set(text.split(' '));
  const since = addDays(line.day, -chequeDays);
  const fitting = index.known.cheques.flatMap((cheque) => {
    const fee = -line.amount - cheque.amount;
    if (fee < 0 || fee > mostChequeFee || cheque.day > line.day || cheque.day < since) return [];
    return [
      { cheque, fee, numbered: cites(words, cheque.number), named: names(words, cheque.name) ? 2 : names(words, cheque.lastName) ? 1 : 0 },
    ];
  });
  // Its number says which one it is; without a number and without the words of it, a sum that leaves is anything.
  const numbered = fitting.filter((one) => one.numbered);
  const some = numbered.length ? numbered : spoken ? fitting.filter(({ fee, named }) => fee === 0 || named === 2) : [];
  const mostNamed = Math.max(0, ...some.map(({ named }) => named));
  const alone = some.filter(({ named }) => named === mostNamed).length === 1;
  return some
    .toSorted((a, b) => a.fee - b.fee || b.named - a.named || b.cheque.day.localeCompare(a.cheque.day))
    .map(({ cheque, fee, named }) => {
      const certain = numbered.length === 1 && spoken && fee === 0 && cheque.state === 'paid';
      const confidence: Confidence = certain
        ? 'sure'
        : numbered.length || named === 2 || (alone && named === mostNamed)
          ? 'likely'
          : 'possible';
      const why = [
        `remise n° ${cheque.slip} du ${shortDay(cheque.day)}`,
        numbered.length ? `chèque n° ${cheque.number} cité` : named === 2 ? 'nom et prénom' : named ? 'nom de famille' : '',
        fee === 0 ? 'montant exact' : `et ${formatEuros(fee)} de frais de la banque`,
        cheque.state === 'rejected' ? 'déjà noté comme rejeté' : '',
      ];
      return { target: { kind: 'cheque', id: cheque.id }, confidence, why: why.filter(Boolean) };
    });
}

/** Banks write seven figures, people leave the zeros out. Short numbers could be anything. */
function cites(words: ReadonlySet<string>, number: string): boolean {
  const figures = number.replace(/\D/g, '').replace(/^0+/, '');
  return figures.length >= 4 && [...words].some((word) => word.replace(/^0+/, '') === figures);
}

const names = (words: ReadonlySet<string>, name: KnownCheque['name']): boolean =>
  name !== '' &&
  fold(name)
    .split(' ')
    .every((word) => words.has(word));
