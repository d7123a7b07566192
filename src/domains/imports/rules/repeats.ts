import { isDeepStrictEqual } from 'node:util';
import type { Kind, Line, Read, Values } from './model.ts';
import { plain } from './words.ts';

type Identity<T> = {
  /** Two lines with the same key are about the same thing. */
  key: (value: T) => string;
  /** That thing, as a sentence starts. */
  name: (value: T) => string;
  /** What tells two lines apart that should be one. */
  difference?: (first: T, second: T) => string | null;
};

/** What makes two lines of a file the same thing. Subscriptions are alike only when everything is: one customer may hold several. */
const identities: { [K in Kind]: Identity<Values[K]> } = {
  tours: { key: ({ code }) => plain(code), name: ({ code }) => `La tournée « ${code} »` },
  depots: {
    key: ({ number }) => plain(number),
    name: ({ number }) => `Le point de dépôt n° ${number}`,
    difference: (first, second) => (first.name === second.name ? null : `sous un autre nom (${first.name})`),
  },
  products: { key: ({ name }) => plain(name), name: ({ name }) => `Le panier « ${name} »` },
  calendar: {
    key: ({ year, week, tourCode }) => `${year} ${week} ${plain(tourCode ?? '')}`,
    name: ({ week, tourCode }) => `La semaine ${week}${tourCode ? ` de la tournée « ${tourCode} »` : ''}`,
  },
  customers: {
    key: ({ number }) => plain(number),
    name: ({ number }) => `Le client n° ${number}`,
    difference: (first, second) => (plain(first.lastName) === plain(second.lastName) ? null : `sous un autre nom (${first.lastName})`),
  },
  subscriptions: {
    key: (value) => JSON.stringify(value),
    name: ({ customerNumber }) => `Cet abonnement du client n° ${customerNumber}`,
  },
  requests: {
    key: ({ customerNumber, productName, week }) => `${plain(customerNumber)} ${plain(productName)} ${week}`,
    name: ({ customerNumber, productName, week }) => `La demande du client n° ${customerNumber} pour « ${productName} » en semaine ${week}`,
  },
};

/** Where each thing was met first: key → line and value (and file, when several are read in one run). */
export type Seen<T> = Map<string, Line<T> & { file?: string }>;

/** Keeps the first line about each thing; the others are rejected, naming the first. `file` and `seen` carry on from one file to the next. */
export function withoutRepeats<K extends Kind>(
  kind: K,
  read: Read<Values[K]>,
  file?: string,
  seen: Seen<Values[K]> = new Map(),
): Read<Values[K]> {
  const { key, name, difference }: Identity<Values[K]> = identities[kind];
  const lines: Line<Values[K]>[] = [];
  const rejected = [...read.rejected];
  for (const { line, value } of read.lines) {
    const first = seen.get(key(value));
    if (!first) {
      seen.set(key(value), { line, value, file });
      lines.push({ line, value });
      continue;
    }
    const how = isDeepStrictEqual(first.value, value) ? 'ligne identique' : (difference?.(first.value, value) ?? 'avec d’autres valeurs');
    const place = first.file && first.file !== file ? `dans « ${first.file} », ligne ${first.line}` : `à la ligne ${first.line}`;
    rejected.push({ line, reason: `${name(value)} est déjà ${place}, ${how}.` });
  }
  return { lines, rejected: rejected.sort((a, b) => a.line - b.line) };
}
