import { Paper } from '#platform/pdf/paper.ts';
import { drawDocumentPages } from './document-pages.ts';
import type { DocumentSheet } from './model.ts';
import { kindTitles } from './words.ts';

/** One document as a PDF/A-2b: the same document always gives the same file. */
export async function drawDocument(sheet: DocumentSheet): Promise<Buffer> {
  const paper = new Paper([kindTitles[sheet.kind], sheet.number].filter(Boolean).join(' '), sheet.day, { archival: true });
  drawDocumentPages(paper, sheet);
  return paper.finish();
}

/** Many documents one after the other in one file, to be printed: each begins on a page of its own. At least one. */
export async function drawDocuments(sheets: readonly DocumentSheet[]): Promise<Buffer> {
  const paper = new Paper(`Factures (${sheets.length})`, sheets[0]!.day, { archival: true });
  for (const sheet of sheets) {
    drawDocumentPages(paper, sheet);
    paper.bookmark(`${sheet.number} ${sheet.recipient.name}`);
  }
  return paper.finish();
}
