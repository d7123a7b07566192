import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatQuantity } from '#kernel/quantity.ts';
import { printPages } from '#platform/pdf/pages.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import type { CrewList, HarvestLine, PurchaseList } from '../rules/lists.ts';
import { type Purchase, sayPurchase } from '../rules/purchases.ts';
import { type ListSection, listPages } from './list-pages.ts';

type About = { garden: string; day: Day; editedOn: Day };
type Supplier = { name: string; contact: string; phone: string; email: string };

/** « 345 × 500 g Simple + 58 × 800 g Familial » */
export const sayParts = ({ parts, unit }: Pick<HarvestLine, 'parts' | 'unit'>, products: ReadonlyMap<number, string>): string =>
  parts
    .map(({ productId, baskets, each }) => `${baskets} × ${formatQuantity(each, unit)} ${products.get(productId) ?? ''}`.trim())
    .join(' + ');

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

/** « il en faut 345 pièces, 20 pièces sont là, 75 pièces en plus » */
export function sayNeed({ need, there, leftOver, unit }: Purchase): string {
  return [
    `pour les paniers : ${formatQuantity(need, unit)}`,
    there ? `déjà là : ${formatQuantity(there, unit)}` : '',
    leftOver ? `il en restera : ${formatQuantity(leftOver, unit)}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function printLists(title: string, { editedOn }: About, sections: ListSection[]): Promise<Buffer> {
  const paper = new Paper(title, editedOn);
  return printPages(
    paper,
    sections.flatMap((section) => listPages(paper, section)),
    `édité le ${shortDay(editedOn)}`,
  );
}
