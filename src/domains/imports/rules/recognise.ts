import { type Field, fields } from './fields.ts';
import type { Mapping, RecognisedKind } from './model.ts';
import { fold, heading } from './words.ts';

/** What a file seems to be. `score`: 1 when every column and every required field is accounted for, or when it was settled before. */
export type Recognition = { kind: RecognisedKind; mapping: Mapping; score: number };

/** What was settled once for files with these headers. */
export type Remembered = { kind: RecognisedKind; mapping: Mapping };

/** The two columns added to a file of rejected lines; they say nothing when it comes back. */
export const addedHeaders = ['Ligne', 'Raison'] as const;
const added = new Set(addedHeaders.map(heading));
export const isAddedHeader = (header: string): boolean => added.has(heading(header));

/** The key under which a mapping is remembered: the same for the same columns in any order, and for the rejected lines of that file. */
export const headersKey = (headers: string[]): string =>
  headers
    .filter((header) => !isAddedHeader(header))
    .map(fold)
    .sort()
    .join('|');

/** Words of a file name that tell its kind when its columns leave a doubt. */
const fileWords: Record<RecognisedKind, RegExp> = {
  tours: /tournee/,
  depots: /depot|pdd|point/,
  products: /formule|produit|tarif/,
  calendar: /calendrier|fermeture|decalage/,
  customers: /adherent|client|abonnes?\b/,
  subscriptions: /abonnement|contrat/,
  requests: /absence|demande|report|annulation/,
  composition: /composition|contenu/,
};

/**
 * Headers → the kind of file and the proposed mapping, or null when nothing fits. A remembered mapping is taken as it is, as
 * long as its columns are there. The mapping may lack required fields (see `missingFields`): a person then completes it.
 */
export function recognise(headers: string[], fileName: string, remembered?: Remembered | null): Recognition | null {
  if (remembered && Object.values(remembered.mapping).every((header) => headers.includes(header))) {
    return { kind: remembered.kind, mapping: remembered.mapping, score: 1 };
  }
  const candidates = (Object.keys(fields) as RecognisedKind[]).map((kind) => measure(kind, headers, fold(fileName)));
  const best = candidates.reduce((a, b) => (b.rank > a.rank ? b : a));
  return best.score >= 0.5 ? { kind: best.kind, mapping: best.mapping, score: best.score } : null;
}

/** The mapping proposed when a person has said what kind of file it is. */
export const proposeMapping = (kind: RecognisedKind, headers: string[]): Mapping => measure(kind, headers, '').mapping;

function measure(kind: RecognisedKind, headers: string[], fileName: string): Recognition & { rank: number } {
  const names = headingsOf(headers);
  const found: Mapping = {};
  const free = new Set(headers.filter((header) => !isAddedHeader(header)));
  const total = free.size || 1;
  // Best names first: « Code » must not take the column that « N° » names better, nor a later field's own label.
  const wanted = fields[kind].flatMap((field) => headingsFor(field).map((name, order) => ({ field, name, order })));
  for (const { field, name } of wanted.sort((a, b) => a.order - b.order)) {
    const header = headers.find((candidate, index) => names[index] === name && free.has(candidate));
    if (found[field.key] || header === undefined) continue;
    found[field.key] = header;
    free.delete(header);
  }
  // In the order of the fields, as a screen shows them.
  const mapping = Object.fromEntries(fields[kind].flatMap(({ key }) => (found[key] ? [[key, found[key]]] : [])));
  const required = fields[kind].filter((field) => field.required);
  const answered = required.filter(({ key }) => mapping[key]).length / required.length;
  const explained = Object.keys(mapping).length / total;
  const score = (2 * answered + explained) / 3;
  return { kind, mapping, score, rank: score + (fileWords[kind].test(fileName) ? 0.15 : 0) };
}

const headingsFor = ({ label, synonyms }: Field): string[] => [label, ...synonyms].map(heading);

/** Headings as they are to be understood: « Adhésion du » followed by « au » alone reads « Adhésion au ». */
function headingsOf(headers: string[]): string[] {
  const names = headers.map(heading);
  return names.map((name, index) => {
    const before = names[index - 1] ?? '';
    return /^au( 2)?$/.test(name) && before.endsWith(' du') ? before.replace(/du$/, 'au') : name;
  });
}
