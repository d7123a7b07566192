import { post } from '#domains/ledger/index.server.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { asLiable, type Draft, lineAmounts, totals } from '../rules/draft.ts';
import { type DocumentKind, documentNumber, kindOf } from '../rules/numbers.ts';
import { entryLines } from '../rules/posting.ts';
import { activities, insertDocuments, insertLines, issuedSources, keepNumbers, lockNumbers, names } from './issue-store.ts';
import { issuer, letterheadIds } from './letterhead.ts';

export type Issued = { id: number; kind: DocumentKind; number: string; customer: number; source: string | null; gross: Cents };

/** So many documents at once: enough for the cost of a statement to vanish, little enough for its text to stay small. */
const CHUNK = 500;

/**
 * Issues documents, numbered in the order given without gaps in their kind and year, and posts their entries in the journal of sales: about ten statements for
 * each 500 drafts. Drafts whose source was issued before are left out, and so is a second draft of one source. What adds up to less than nothing is a credit
 * note. A garden not liable for VAT bills none (`asLiable`).
 *
 * Whoever issues documents of the same kind and year at the same moment waits until this transaction ends. A day of a closed period, an account or an activity
 * that does not exist are bugs of the caller, who asks `earliestDay` first when people choose the day.
 */
export async function issue(tx: Tx, gardenId: number, drafts: readonly Draft[]): Promise<Issued[]> {
  const issued: Issued[] = [];
  for (let at = 0; at < drafts.length; at += CHUNK) issued.push(...(await issueSome(tx, gardenId, drafts.slice(at, at + CHUNK))));
  return issued;
}

async function issueSome(tx: Tx, gardenId: number, drafts: readonly Draft[]): Promise<Issued[]> {
  const from = await issuer(tx, gardenId);
  const asked = drafts.map((draft) => prepared(draft, from.settings.vatLiable));
  const last = await lockNumbers(tx, gardenId, asked);
  // Under the lock: two who issue the same thing at the same moment come here one after the other.
  const before = await issuedSources(tx, asked);
  const wanted = asked.filter(({ source }) => source === null || (!before.has(source) && before.add(source)));
  if (wanted.length === 0) return [];

  const people = await names(tx, wanted);
  const heads = await letterheadIds(tx, gardenId, from, new Set(wanted.map(({ day }) => day)));
  const activityIds = await activities(tx, wanted);
  const numbered = wanted.map((document) => {
    const sequence = last.next(document.kind, document.year);
    const name = people.get(document.customer);
    if (name === undefined) throw new Error(`There is no customer ${document.customer}.`);
    const lines = document.lines.map((line) => ({ ...line, activityId: line.activity ? activityIds.get(line.activity)! : null }));
    return {
      ...document,
      ...{ sequence, number: documentNumber(document.kind, document.year, sequence), letterhead: heads.get(document.day)! },
      ...{ lines, entry: entryLines(document.customer, lines), name },
    };
  });
  const posted = await post(
    tx,
    'VE',
    numbered
      .filter(({ entry }) => entry.length > 0)
      .map(({ day, kind, number, name, entry }) => ({
        ...{ day, document: number, documentDay: day, source: `document:${number}`, lines: entry },
        label: `${kind === 'invoice' ? 'Facture' : 'Avoir'} ${number} ${name}`,
      })),
  );
  const entries = new Map(posted.map(({ source, id }) => [source, id]));
  const ids = await insertDocuments(tx, gardenId, numbered, (number) => entries.get(`document:${number}`));
  await insertLines(tx, gardenId, numbered, ids);
  await keepNumbers(tx, last);
  return numbered.map(({ number, kind, customer, source, gross }) => ({ id: ids.get(number)!, kind, number, customer, source, gross }));
}

/** A draft with its amounts, its kind and its year. */
function prepared(draft: Draft, vatLiable: boolean) {
  if (draft.lines.length === 0) throw new Error(`A document of customer ${draft.customer} has no lines.`);
  const lines = asLiable(draft.lines, vatLiable).map((line) => ({ ...line, ...lineAmounts(line) }));
  const { net, vat, gross } = totals(lines);
  return { ...draft, source: draft.source ?? null, lines, net, vat, gross, kind: kindOf(gross), year: Number(draft.day.slice(0, 4)) };
}

export type Prepared = ReturnType<typeof prepared>;
