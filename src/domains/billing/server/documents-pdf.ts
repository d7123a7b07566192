import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { drawDocument, drawDocuments } from '../documents/document-sheet.ts';
import { type DocumentsAsked, documentIds } from './documents-list.ts';
import { documentSheets } from './documents-read.ts';

export type Pdf = { name: string; content: Buffer };

/** A document as a PDF/A, or null when there is none. */
export async function documentPdf(actor: Actor, id: number): Promise<Pdf | null> {
  requireRight(actor, 'billing:read');
  const [sheet] = await readInGarden(actor, (tx) => documentSheets(tx, [id]));
  return sheet ? { name: fileName(sheet.number), content: await drawDocument(sheet) } : null;
}

/** So many at most are printed in one file: drawing them takes ten to fifteen milliseconds each. */
export const mostPrinted = 300;

/** The documents of a list in one file, to be printed, `mostPrinted` at most; null when there are none. */
export async function documentsPdf(actor: Actor, asked: DocumentsAsked): Promise<Pdf | null> {
  requireRight(actor, 'billing:read');
  const sheets = await readInGarden(actor, async (tx) => documentSheets(tx, await documentIds(tx, asked, mostPrinted)));
  if (sheets.length === 0) return null;
  return { name: `factures-${sheets[0]!.number}-a-${sheets.at(-1)!.number}`, content: await drawDocuments(sheets) };
}

/** « facture-F2025-00012 ». */
export const fileName = (number: string): string => `${number.startsWith('A') ? 'avoir' : 'facture'}-${number}`;
