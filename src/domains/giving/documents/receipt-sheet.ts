import { sayDayAndYear, shortDay } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { safeColor } from '#platform/pdf/heading.ts';
import { ink, Paper } from '#platform/pdf/paper.ts';
import { meansLabels } from '../labels.ts';
import type { ReceiptContent, ReceiptSheet } from './model.ts';

const small = { size: 9, color: ink.grey };
const plain = { size: 10.5 };
const bold = { size: 10.5, weight: 'bold' } as const;
const leading = 14.5;
/** Where what is answered begins, right of what is asked. */
const indent = 150;

const titles = {
  person: ['Reçu des dons et versements', 'effectués par les particuliers au titre des articles 200 et 978 du code général des impôts'],
  company: ['Reçu des dons et versements', 'effectués par les entreprises au titre de l’article 238 bis du code général des impôts'],
} as const;

const town = ({ postcode, city }: { postcode: string; city: string }) => `${postcode} ${city}`.trim();

/** What the gifts are, in the words of the model. */
export function natureOfGifts({ kind, gifts }: Pick<ReceiptContent, 'kind' | 'gifts'>): string {
  const said = {
    money: 'Numéraire',
    claim: 'Autres : renonciation expresse à une somme due',
    goods: kind === 'company' ? 'Don en nature' : 'Autres : don en nature',
  };
  return [...new Set(gifts.map(({ nature }) => said[nature]))].join(' ; ');
}

/** How the money came; '' when there was none. */
export const meansOfGifts = ({ gifts }: Pick<ReceiptContent, 'gifts'>): string =>
  [...new Set(gifts.flatMap(({ means }) => (means ? [meansLabels[means]] : [])))].join(' ; ');

/** One receipt as a PDF/A-2b: the same receipt always gives the same file. */
export function drawReceipt(sheet: ReceiptSheet): Promise<Buffer> {
  return drawReceipts([sheet], `Reçu fiscal ${sheet.number}`);
}

/** Many of them in one file, to be printed: each begins on a page of its own. At least one. */
export function drawReceipts(sheets: readonly ReceiptSheet[], title = `Reçus fiscaux (${sheets.length})`): Promise<Buffer> {
  const paper = new Paper(title, sheets[0]!.day, { archival: true });
  for (const sheet of sheets) {
    drawOne(paper, sheet);
    if (sheets.length > 1) paper.bookmark(`${sheet.number} ${sheet.donor.lastName}`);
  }
  return paper.finish();
}

/** Gifts told on the first page; more of them go on the next, and so on. */
const onFirst = 12;
const onNext = 40;

function drawOne(paper: Paper, sheet: ReceiptSheet): void {
  paper.addPage('portrait');
  let y = drawTop(paper, sheet);
  y = drawParty(paper, y, 'Bénéficiaire des versements', gardenRows(sheet));
  y = drawParty(paper, y, 'Donateur', donorRows(sheet));
  y = drawAmount(paper, sheet, y);
  const rest = sheet.gifts.slice(sheet.gifts.length > onFirst ? onFirst - 1 : onFirst);
  y = drawGifts(paper, sheet, sheet.gifts.slice(0, sheet.gifts.length - rest.length), y);
  if (rest.length > 0) {
    paper.text(`… et ${rest.length} autres versements, page suivante`, paper.frame.left + 12, y, small);
    y += leading;
  }
  drawEnd(paper, sheet, y + 8);
  for (let from = 0; from < rest.length; from += onNext) {
    paper.addPage('portrait');
    const { left, right, top } = paper.frame;
    paper.text(`Reçu ${sheet.number} (suite)`, left, top + 12, bold);
    if (sheet.duplicate) paper.text('DUPLICATA', right, top + 12, { ...bold, align: 'right' });
    drawGifts(paper, sheet, rest.slice(from, from + onNext), top + 40);
    drawFoot(paper, sheet);
  }
}

function drawTop(paper: Paper, sheet: ReceiptSheet): number {
  const { left, right, top } = paper.frame;
  const [title, under] = titles[sheet.kind];
  paper.box(left, top + 2, 5, 40, { fill: safeColor(sheet.garden.accent || ink.black) });
  paper.text(title, left + 16, top + 18, { size: 18, weight: 'bold' });
  paper.text(under, left + 16, top + 36, { size: 10 });
  paper.text(`Modèle cerfa n° ${sheet.form}`, right, top + 18, { ...small, align: 'right' });
  const numbered = `Numéro d’ordre du reçu : ${sheet.number}`;
  paper.text(numbered, left, top + 68, { size: 12, weight: 'bold' });
  let marked = '';
  if (sheet.cancelled) marked = 'ANNULÉ';
  else if (sheet.duplicate) marked = 'DUPLICATA';
  if (marked) {
    const width = paper.width(marked, { size: 16, weight: 'bold' }) + 24;
    paper.box(right - width, top + 50, width, 27, { stroke: ink.black, thickness: 1.6, radius: 3 });
    paper.text(marked, right - width / 2, top + 69, { size: 16, weight: 'bold', align: 'center' });
  }
  let note = '';
  if (sheet.cancelled)
    note = `Annulé le ${shortDay(sheet.cancelled.day)}${sheet.cancelled.by ? `, remplacé par le reçu ${sheet.cancelled.by}` : ''} : il n’ouvre droit à rien.`;
  else if (sheet.replaces) note = `Annule et remplace le reçu ${sheet.replaces}.`;
  if (note) paper.text(note, left, top + 85, { size: 10 });
  return top + (note ? 100 : 86);
}

type Row = [asked: string, answered: string];
const filled = (rows: Row[]): Row[] => rows.filter(([, answered]) => answered !== '');

const gardenRows = ({ garden }: ReceiptSheet): Row[] =>
  filled([
    ['Nom ou dénomination', [garden.name, garden.legalForm].filter(Boolean).join(', ')],
    [
      'Numéro SIREN ou RNA',
      [garden.siren && `SIREN ${garden.siren.replace(/(\d{3})(?=\d)/g, '$1 ')}`, garden.rna && `RNA ${garden.rna}`]
        .filter(Boolean)
        .join(' · '),
    ],
    ['Adresse', [garden.address, town(garden)].filter(Boolean).join(', ')],
    ['Objet', garden.object],
    ['Qualité', garden.body],
    ['Position de l’administration', garden.ruling],
  ]);

const donorRows = ({ donor, kind }: ReceiptSheet): Row[] =>
  filled(
    kind === 'company'
      ? [
          ['Nom ou dénomination', donor.lastName],
          ['Forme juridique', donor.legalForm],
          ['Numéro SIREN', donor.siren.replace(/(\d{3})(?=\d)/g, '$1 ')],
          ['Adresse', [donor.address, town(donor)].filter(Boolean).join(', ')],
        ]
      : [
          ['Nom', donor.lastName],
          ['Prénoms', donor.firstName],
          ['Adresse', [donor.address, town(donor)].filter(Boolean).join(', ')],
        ],
  );

/** A block with its heading: what is asked, and what is answered. @returns where what follows begins. */
function drawParty(paper: Paper, top: number, heading: string, rows: Row[]): number {
  const { left, right } = paper.frame;
  const told = rows.map(([asked, answered]) => [asked, paper.wrap(answered, right - left - indent - 22, plain, 3)] as const);
  const height = 34 + told.reduce((sum, [, texts]) => sum + texts.length, 0) * leading;
  paper.box(left, top, right - left, height, { stroke: ink.rule, radius: 4 });
  paper.text(heading, left + 12, top + 19, { size: 11.5, weight: 'bold' });
  let y = top + 38;
  for (const [asked, texts] of told) {
    paper.text(asked, left + 12, y, small);
    for (const text of texts) {
      paper.text(text, left + indent, y, plain);
      y += leading;
    }
  }
  return top + height + 10;
}

function drawAmount(paper: Paper, sheet: ReceiptSheet, top: number): number {
  const { left, right } = paper.frame;
  const goods = sheet.gifts.every(({ nature }) => nature === 'goods');
  const sentence = goods
    ? 'Le bénéficiaire reconnaît avoir reçu, au titre des dons et versements ouvrant droit à réduction d’impôt, des\u00a0biens d’une\u00a0valeur\u00a0de\u00a0:'
    : 'Le bénéficiaire reconnaît avoir reçu, au titre des dons et versements ouvrant droit à réduction d’impôt, la\u00a0somme\u00a0de\u00a0:';
  let y = top + 12;
  for (const text of paper.wrap(sentence, right - left, plain)) {
    paper.text(text, left, y, plain);
    y += leading;
  }
  const words = paper.wrap(`Somme en toutes lettres : ${sheet.words}`, right - left - 24, plain, 2);
  paper.box(left, y - 4, right - left, 34 + words.length * leading, { fill: ink.tint, radius: 4 });
  paper.text(`*** ${formatEuros(sheet.cents)} ***`, left + 12, y + 18, { size: 15, weight: 'bold' });
  y += 37;
  for (const text of words) {
    paper.text(text, left + 12, y, plain);
    y += leading;
  }
  return y + 12;
}

/** Each gift with its day, its amount and, of goods, what they are. @returns where what follows begins. */
function drawGifts(paper: Paper, { gifts: all }: ReceiptSheet, gifts: ReceiptSheet['gifts'], top: number): number {
  const { left, right } = paper.frame;
  const heading = all.length > 1 ? 'Dates et montants des versements' : 'Date du versement ou du don';
  paper.text(heading, left, top + 4, bold);
  let y = top + 4 + leading + 2;
  for (const { day, cents, label, valuation, nature } of gifts) {
    const about = nature === 'goods' ? ` : ${label}` : '';
    paper.text(paper.shorten(`${shortDay(day)}${about}`, right - left - 130, plain), left + 12, y, plain);
    paper.text(formatEuros(cents), right - 12, y, { ...plain, align: 'right' });
    y += leading;
    if (nature !== 'goods') continue;
    for (const text of paper.wrap(`Valeur déterminée par le donateur : ${valuation}`, right - left - 40, small, 2)) {
      paper.text(text, left + 24, y, small);
      y += 12;
    }
  }
  return y;
}

/** Form, nature and means of the gifts, the articles, then the day and who signs. */
function drawEnd(paper: Paper, sheet: ReceiptSheet, top: number): void {
  const { left, right } = paper.frame;
  const means = meansOfGifts(sheet);
  let y = top;
  const rows: Row[] = filled([
    ['Forme du don', 'Déclaration de don manuel'],
    ['Nature du don', natureOfGifts(sheet)],
    ['Mode de versement', means],
  ]);
  for (const [asked, answered] of rows) {
    paper.text(asked, left, y, small);
    paper.text(paper.shorten(answered, right - left - indent, plain), left + indent, y, plain);
    y += leading;
  }
  y += 8;
  const articles = sheet.articles.map((one) => one);
  const named = articles.length > 1 ? `aux articles ${articles.join(' et ')}` : `à l’article ${articles[0]}`;
  const certified = `Le bénéficiaire certifie sur l’honneur que les dons et versements qu’il reçoit ouvrent droit à la réduction d’impôt prévue ${named} du code général des impôts, et qu’aucune contrepartie n’a été donnée.`;
  for (const text of paper.wrap(certified, right - left, plain)) {
    paper.text(text, left, y, plain);
    y += leading;
  }
  const box = right - 230;
  y = Math.min(y + 12, paper.frame.bottom - 112);
  paper.text(`Fait le ${sayDayAndYear(sheet.day)}`, left, y + 18, plain);
  paper.box(box, y, 230, 84, { stroke: ink.rule, radius: 4 });
  paper.text('Signature', box + 12, y + 17, small);
  paper.text(paper.shorten(sheet.signer, 206, bold), box + 12, y + 58, bold);
  paper.text(paper.shorten(sheet.signerTitle, 206, plain), box + 12, y + 73, plain);
  drawFoot(paper, sheet);
}

function drawFoot(paper: Paper, { garden, number }: ReceiptSheet): void {
  const { left, right, bottom } = paper.frame;
  paper.rule(bottom - 14, left, right);
  paper.text(paper.shorten(`${garden.name} · reçu ${number}`, 300, small), left, bottom - 2, small);
  paper.text('À garder avec votre déclaration de revenus ou de résultat', right, bottom - 2, { ...small, align: 'right' });
}
