import type { NewsletterBlock } from '#domains/gardens/settings-published.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { largestSize } from '#platform/pdf/fit.ts';
import { safeColor } from '#platform/pdf/heading.ts';
import { ink, Paper, type Surface } from '#platform/pdf/paper.ts';
import { Sketch } from '#platform/pdf/sketch.ts';
import { cardsPart, differ } from './newsletter-cards.ts';
import { contentsPart } from './newsletter-contents.ts';
import type { NewsletterPage } from './newsletter-model.ts';
import { datesPart, newsPart, noticePart, recipePart } from './newsletter-parts.ts';
import { drawingOf, fields, sprout } from './newsletter-picture.ts';
import type { Laid, Part, Place } from './newsletter-text.ts';

/** Sizes of the running text, in points: as large as the page allows, never smaller than people read. */
const sizes = { most: 14, least: 9.5, step: 0.25 };
const gapOf = (size: number): number => size * 1.35;
/** Where there is too much for a page at the least size: what gives way first, and the height it keeps. */
const givesWay: [NewsletterBlock, number][] = [
  ['news', 130],
  ['recipe', 130],
  ['notice', 60],
  ['contents', 220],
  ['dates', 70],
];

type Band = { blocks: NewsletterBlock[]; parts: { part: Part; place: Place }[] };
type Fitted = { size: number; gap: number; bands: { blocks: NewsletterBlock[]; laid: Laid[]; height: number }[] };

/** The page as a PDF, one for each group of tours whose baskets hold the same, and what had to be left out of each to fit. */
export async function printNewsletter(pages: readonly NewsletterPage[], editedOn: Day): Promise<{ pdf: Buffer; warnings: string[] }> {
  const [first] = pages;
  const paper = new Paper(`${first?.title ?? ''} – ${first?.garden.name ?? ''}`, editedOn);
  const warnings = pages.flatMap((page) => {
    paper.addPage('portrait');
    return drawPage(paper, page);
  });
  return { pdf: await paper.finish(), warnings };
}

/** The same on screen: a picture of the page, and what had to be left out. */
export function sketchNewsletter(page: NewsletterPage, editedOn: Day): { svg: string; warnings: string[] } {
  const sketch = new Sketch(new Paper(page.title, editedOn));
  const warnings = drawPage(sketch, page);
  return { svg: sketch.svg(`Aperçu de la feuille du ${sayDayAndYear(page.day)}`), warnings };
}

function drawPage(surface: Surface, page: NewsletterPage): string[] {
  const accent = safeColor(page.garden.accent ?? '#2f6b2f');
  const top = drawTop(surface, page, accent);
  const bottom = drawFooter(surface, page);
  const fitted = fitPage(surface, page, accent, bottom - top);
  let y = top;
  for (const { laid, height } of fitted.bands) {
    for (const one of laid) one.draw(surface, y);
    y += height + fitted.gap;
  }
  return fitted.bands.flatMap(({ blocks, laid }) => laid.flatMap(({ lost }, at) => (lost ? [sayLost[blocks[at]!](lost)] : [])));
}

const lines = (count: number) => (count > 1 ? `${count} lignes ne sont pas imprimées` : 'une ligne n’est pas imprimée');
const sayLost: Record<NewsletterBlock, (count: number) => string> = {
  contents: (count) => `Il y a trop de légumes pour une page : ${count > 1 ? `${count} ne sont pas imprimés` : 'un n’est pas imprimé'}.`,
  news: (count) => `Les nouvelles sont trop longues pour une page : ${lines(count)}.`,
  recipe: (count) => `La recette est trop longue pour une page : ${lines(count)}.`,
  dates: (count) => `Il y a trop de dates pour une page : ${lines(count)}.`,
  notice: (count) => `Le texte fixe est trop long pour une page : ${lines(count)}.`,
};

/** The largest type at which everything stands on the page; at the least, what is longest gives way. */
function fitPage(surface: Surface, page: NewsletterPage, accent: string, room: number): Fitted {
  const bands = bandsOf(page, surface.frame, accent);
  const layAll = (size: number, most: readonly (number | undefined)[] = []): Fitted => ({
    size,
    gap: gapOf(size),
    bands: bands.map(({ blocks, parts }, at) => {
      const laid = parts.map(({ part, place }) => part(surface, place, size, most[at]));
      return { blocks, laid, height: Math.max(...laid.map((one) => one.height)) };
    }),
  });
  const heightOf = ({ bands: laid, gap }: Fitted) => laid.reduce((sum, band) => sum + band.height, Math.max(0, laid.length - 1) * gap);
  // What is left goes between the parts, a little.
  const spread = (fitted: Fitted): Fitted => {
    const left = room - heightOf(fitted);
    return { ...fitted, gap: fitted.gap + Math.max(0, Math.min(fitted.size, left / Math.max(1, fitted.bands.length))) };
  };
  // The larger the type, the more room it takes: the largest that fits is found by halves.
  let found: Fitted | null = null;
  let [fits, over] = [-1, Math.round((sizes.most - sizes.least) / sizes.step) + 1];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    const fitted = layAll(sizes.least + middle * sizes.step);
    if (heightOf(fitted) <= room) [fits, found] = [middle, fitted];
    else over = middle;
  }
  if (found) return spread(found);
  const tight = layAll(sizes.least);
  const most = tight.bands.map((band) => band.height);
  let excess = heightOf(tight) - room;
  // Each keeps its least; where even that is too much, half of it.
  for (const share of [1, 0.5])
    for (const [block, least] of givesWay) {
      const at = tight.bands.findIndex(({ blocks }) => blocks[0] === block || (blocks.includes(block) && block === 'dates'));
      if (at < 0) continue;
      const given = Math.max(0, Math.min(excess, most[at]! - least * share));
      most[at]! -= given;
      excess -= given;
    }
  return spread(layAll(sizes.least, most));
}

/** The parts that have something to say, from top to bottom; dates and fixed words that follow each other share a band. */
function bandsOf(page: NewsletterPage, { left, right }: Surface['frame'], accent: string): Band[] {
  const whole: Place = { left, width: right - left, accent };
  const shown = [...new Set(page.blocks)].flatMap((block) => {
    const part = partOf(page, block);
    return part ? [{ block, part }] : [];
  });
  const bands: Band[] = [];
  for (const { block, part } of shown) {
    const last = bands.at(-1);
    const [before] = last?.blocks ?? [];
    if (last?.blocks.length === 1 && isSmall(block, page) && before && isSmall(before, page)) {
      const width = (whole.width - 22) / 2;
      last.blocks.push(block);
      last.parts = [
        { part: last.parts[0]!.part, place: { ...whole, width } },
        { part, place: { ...whole, width, left: left + width + 22 } },
      ];
    } else bands.push({ blocks: [block], parts: [{ part, place: whole }] });
  }
  return bands;
}

/** Takes half the width at most. */
const isSmall = (block: NewsletterBlock, page: NewsletterPage): boolean =>
  (block === 'dates' && (page.dates?.closings.length ?? 0) <= 3) || (block === 'notice' && (page.notice?.text.length ?? 0) < 400);

function partOf(page: NewsletterPage, block: NewsletterBlock): Part | null {
  if (block === 'contents') return page.contents && (differ(page.contents) ? cardsPart : contentsPart)(page.contents);
  if (block === 'news') return page.news && newsPart(page.news);
  if (block === 'recipe') return page.recipe && recipePart(page.recipe);
  if (block === 'dates') return page.dates && datesPart(page.dates);
  return page.notice && noticePart(page.notice);
}

/** Title, garden and date over the fields. @returns where the parts begin. */
function drawTop(surface: Surface, { title, garden, intro, day, week, tours }: NewsletterPage, accent: string): number {
  const { left, right, top } = surface.frame;
  const aside = [sayDayAndYear(day), `semaine ${week}`, tours];
  const quiet = { size: 11 };
  const asideWidth = Math.max(surface.width(aside[0]!, { size: 12, weight: 'bold' }), 150);
  surface.picture(sprout(accent), left - 3, top, 1.28);
  const room = right - left - asideWidth - 62;
  const size = largestSize(surface.width(title, { size: 1, weight: 'bold' }), room, 16, 31);
  surface.text(surface.shorten(title, room, { size, weight: 'bold' }), left + 44, top + 22, { size, weight: 'bold' });
  surface.text(surface.shorten(garden.name, room, { size: 14 }), left + 44, top + 40, { size: 14 });
  surface.text(aside[0]!, right, top + 14, { size: 12, weight: 'bold', align: 'right' });
  surface.text(aside[1]!, right, top + 29, { ...quiet, align: 'right' });
  if (tours) surface.text(surface.shorten(tours, asideWidth + 40, quiet), right, top + 43, { ...quiet, align: 'right' });
  surface.picture(drawingOf(accent), left, top + 50, (right - left) / fields.width);
  let y = top + 50 + fields.height;
  surface.rule(y, left, right, { thickness: 1.6, color: accent });
  y += 16;
  if (intro)
    for (const line of surface.wrap(intro, right - left, { size: 12.5, weight: 'bold' }, 2)) {
      surface.text(line, left, y + 6, { size: 12.5, weight: 'bold' });
      y += 17;
    }
  return y + (intro ? 6 : 0);
}

/** How to reach the garden. @returns where the parts end. */
function drawFooter(surface: Surface, { garden, footer }: NewsletterPage): number {
  const { left, right, bottom } = surface.frame;
  const style = { size: 9.5, color: ink.grey, align: 'center' } as const;
  const middle = (left + right) / 2;
  const words = [
    ...(footer ? surface.wrap(footer, right - left, style, 2) : []),
    ...surface.wrap([garden.name, garden.contact].filter(Boolean).join(' · '), right - left, style, 2),
  ];
  const top = bottom - words.length * 12.5;
  surface.rule(top - 5, left, right);
  for (const [at, line] of words.entries()) surface.text(line, middle, top + 8 + at * 12.5, style);
  return top - 16;
}
