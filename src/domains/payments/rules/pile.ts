import type { Day } from '#kernel/day.ts';
import { type Cents, formatEuros, parseEuros } from '#kernel/money.ts';

/** A pile of cheques, typed line by line: who gave it, how much, its number and its bank. */
export type Typed = { customer: string; amount: string; reference: string; bank: string };
export type Person = { id: number; number: string; name: string };
export type Line = { at: number; customer: number; amount: Cents; reference: string; bank: string };

/** The lines of a form, by what its fields are called: `customer0`, `amount0`… */
export const typedLines = (form: Record<string, unknown>, count: number): Typed[] =>
  Array.from({ length: count }, (_, at) => ({
    customer: String(form[`customer${at}`] ?? ''),
    amount: String(form[`amount${at}`] ?? ''),
    reference: String(form[`reference${at}`] ?? ''),
    bank: String(form[`bank${at}`] ?? ''),
  }));

/** What the list of names proposes for somebody, and reads back: « 1023 Martin Claire ». */
export const sayPerson = ({ number, name }: Person): string => `${number} ${name}`;

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** A folded name and its words, made once for all the lines of a pile. */
export type Directory = { byNumber: Map<string, Person>; folded: { person: Person; words: string[] }[] };
export const directory = (people: readonly Person[]): Directory => ({
  byNumber: new Map(people.map((person) => [fold(person.number), person])),
  folded: people.map((person) => ({ person, words: fold(person.name).split(' ') })),
});

/** Who was meant: a number, « 1023 Martin Claire », or a name that only one person has. Else why not, in French. */
export function whoIs(typed: string, { byNumber, folded }: Directory): Person | string {
  const [first = '', ...rest] = fold(typed).split(' ');
  const numbered = byNumber.get(fold(typed)) ?? byNumber.get(first);
  if (numbered && agrees(rest, numbered)) return numbered;
  const wanted = [first, ...rest];
  const found = folded.filter(({ words }) => wanted.every((piece) => words.some((word) => word.startsWith(piece))));
  if (found.length === 1) return found[0]!.person;
  const exact = found.filter(({ words }) => words.length === wanted.length && wanted.every((piece) => words.includes(piece)));
  if (exact.length === 1) return exact[0]!.person;
  if (found.length === 0) return numbered ? `Le n° ${numbered.number} est ${numbered.name}.` : 'Aucun client ne porte ce nom ou ce numéro.';
  // Those whose family name it is, before those who have it elsewhere.
  const near = found.toSorted((a, b) => Number(b.words[0]!.startsWith(first)) - Number(a.words[0]!.startsWith(first)));
  const names = near.slice(0, 3).map(({ person }) => `${person.name} (n° ${person.number})`);
  return `Plusieurs clients : ${names.join(', ')}${found.length > 3 ? '…' : '.'} Écrivez le numéro.`;
}

/** A number with a name: both must be of the same person, or one of them is a slip of the finger. */
const agrees = (words: readonly string[], person: Person): boolean => {
  const own = fold(person.name).split(' ');
  return words.every((piece) => own.some((word) => word.startsWith(piece)));
};

export type Pile = { lines: Line[]; total: Cents; errors: Record<string, string> };

/** What a pile means, with what is wrong beside each field. @param expected the total that was counted beforehand, if it was. */
export function readPile(typed: readonly Typed[], people: Directory, expected: Cents | null): Pile {
  const errors: Record<string, string> = {};
  const lines: Line[] = [];
  for (const [at, line] of typed.entries()) {
    if (Object.values(line).every((text) => text === '')) continue;
    const person = line.customer === '' ? 'Qui a réglé ?' : whoIs(line.customer, people);
    const amount = parseEuros(line.amount);
    if (typeof person === 'string') errors[`customer${at}`] = person;
    if (amount === null || amount <= 0) errors[`amount${at}`] = line.amount === '' ? 'Combien ?' : 'Écrivez par exemple 42,50.';
    if (typeof person !== 'string' && amount !== null && amount > 0)
      lines.push({ at, customer: person.id, amount, reference: line.reference, bank: line.bank });
  }
  const twice = doubled(lines);
  for (const { at, reference } of twice) errors[`reference${at}`] = `Le n° ${reference} est déjà écrit plus haut pour ce client.`;
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const clean = Object.keys(errors).length === 0;
  if (clean && lines.length === 0) errors.customer0 = 'Écrivez au moins un règlement.';
  else if (clean && expected !== null && expected !== total)
    errors.total = `Les lignes font ${formatEuros(total)} : ${formatEuros(Math.abs(expected - total))} de ${expected > total ? 'moins' : 'plus'} que prévu.`;
  return { lines, total, errors };
}

/** The same cheque of the same person typed again. */
function doubled(lines: readonly Line[]): Line[] {
  const seen = new Set<string>();
  return lines.filter(({ customer, reference }) => {
    if (reference === '') return false;
    const mark = `${customer} ${fold(reference)}`;
    if (seen.has(mark)) return true;
    seen.add(mark);
    return false;
  });
}

/** A received payment is of today or before: what is to come is announced instead. */
export const whyNotDay = (day: Day, today: Day): string | null =>
  day > today ? 'Cette date est à venir : ce qui n’est pas encore reçu est « attendu ».' : null;
