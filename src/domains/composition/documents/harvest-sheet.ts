import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatQuantity } from '#kernel/quantity.ts';
import { printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { type CrewList, type PurchaseList, sayParts } from '../rules/lists.ts';
import { type Purchase, sayPurchase } from '../rules/purchases.ts';
import { type ListSection, listPages } from './list-pages.ts';

const nbsp = '\u00a0';
type About = { garden: string; day: Day; editedOn: Day };
type Supplier = { name: string; contact: string; phone: string; email: string };

/** The harvest list of a delivery day, as a PDF: each crew has its own pages. @param products names of basket products. */
export function drawHarvestSheet(about: About, lists: readonly CrewList[], products: ReadonlyMap<number, string>): Promise<Buffer> {
  const said = sayDayAndYear(about.day);
  const sections = lists.map(({ crew, lines, grams }): ListSection => {
    const title = crew ?? (lists.length > 1 ? 'Sans équipe' : 'Récolte');
    return {
      section: title,
      heading: {
        code: '',
        title,
        color: ink.black,
        aside: `${lines.length} produit${lines.length > 1 ? 's' : ''}`,
        sentence: `À récolter pour les paniers du ${said}`,
      },
      rows: lines.map((line) => ({
        name: line.name,
        details: sayParts(line, products),
        amount: formatQuantity(line.quantity, line.unit),
        amountDetails: line.grams === null ? '' : `environ ${formatQuantity(line.grams, 'kg')}`,
      })),
      ...{ wanted: 'à récolter', written: 'récolté' },
      foot: grams === null ? '' : `${formatQuantity(grams, 'kg')} en tout`,
      footer: `${about.garden} · récolte · ${title} · ${said}`,
    };
  });
  return printLists(`Récolte – ${said} – ${about.garden}`, about, sections);
}

/** What is to be bought for a delivery day, as a PDF: each supplier has its own pages. What is there already in full is left out. */
export function drawPurchaseSheet(about: About, lists: readonly PurchaseList<Supplier>[]): Promise<Buffer> {
  const said = sayDayAndYear(about.day);
  const sections = lists.map(({ supplier, lines }): ListSection => {
    const reach = [supplier.contact, supplier.phone, supplier.email].filter(Boolean).join(' · ');
    return {
      section: supplier.name,
      heading: {
        code: '',
        title: supplier.name,
        color: ink.black,
        aside: 'Achats',
        sentence: `Pour les paniers du ${said}${reach ? ` · ${reach}` : ''}`,
      },
      rows: lines.map((line) => ({
        name: line.name,
        details: sayNeed(line),
        amount: line.containers === null ? formatQuantity(line.bought, line.unit) : `${line.containers} ×`,
        amountDetails: line.containers === null ? '' : sayPurchase(line).replace(/^\d+ × /, ''),
      })),
      ...{ wanted: 'à commander', written: 'reçu' },
      foot: '',
      footer: `${about.garden} · achats · ${supplier.name} · ${said}`,
    };
  });
  return printLists(`Achats – ${said} – ${about.garden}`, about, sections);
}

/** « pour les paniers : 345 pièces · déjà là : 20 pièces · il en restera : 75 pièces »; each of them stays on one line. */
export function sayNeed({ need, there, leftOver, unit }: Purchase): string {
  const said = (words: string, quantity: number) => (quantity ? `${words} : ${formatQuantity(quantity, unit)}`.replaceAll(' ', nbsp) : '');
  return [said('pour les paniers', need), said('déjà là', there), said('il en restera', leftOver)].filter(Boolean).join(' · ');
}

function printLists(title: string, { editedOn }: About, sections: ListSection[]): Promise<Buffer> {
  const paper = new Paper(title, editedOn);
  return printPages(
    paper,
    sections.flatMap((section) => listPages(paper, section)),
    `édité le ${shortDay(editedOn)}`,
  );
}
