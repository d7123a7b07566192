import { ink, type Orientation, type Paper } from './paper.ts';

/** A page already laid out: what it is, and how to draw it once the number of pages is known. */
export type Page = { orientation: Orientation; section: string; subject?: string; footer: string; draw: (paper: Paper) => void };

/** Height kept free for the footer at the bottom of every page. */
export const footerHeight = 18;

/** Draws the pages with their footer (« … » on the left, date of edition and page number on the right) and the table of contents. */
export function printPages(paper: Paper, pages: Page[], edition: string): Promise<Buffer> {
  const style = { size: 9, color: ink.grey };
  let section: { title: string; entry: PDFKit.PDFOutline } | undefined;
  for (const [index, page] of pages.entries()) {
    paper.addPage(page.orientation);
    if (section?.title !== page.section) section = { title: page.section, entry: paper.bookmark(page.section) };
    if (page.subject) paper.bookmark(page.subject, section.entry);
    page.draw(paper);
    const { left, right, bottom } = paper.frame;
    const number = `${edition} · page ${index + 1} / ${pages.length}`;
    paper.text(number, right, bottom - 2, { ...style, align: 'right' });
    paper.text(paper.shorten(page.footer, right - left - paper.width(number, style) - 16, style), left, bottom - 2, style);
  }
  return paper.finish();
}
