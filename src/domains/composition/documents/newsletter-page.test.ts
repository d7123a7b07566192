import { describe, expect, test } from 'vitest';
import { canReadBack, fontsOf, pagesOf, untidy, wordsOf } from '#platform/pdf/read-back.ts';
import { differ } from './newsletter-cards.ts';
import type { Contents, NewsletterPage } from './newsletter-model.ts';
import { printNewsletter, sketchNewsletter } from './newsletter-page.ts';

const today = '2025-10-20';
const names = ['Carotte', 'Poireau', 'Chou vert', 'Courge butternut', 'Mâche', 'Betterave rouge'];
const contents = (baskets: number, vegetables: number, cell: (row: number, basket: number) => string, priced = false): Contents => ({
  columns: Array.from({ length: baskets }, (_, at) => `Panier ${at + 1}`),
  rows: Array.from({ length: vegetables }, (_, row) => ({
    name: `${names[row % names.length]} ${row + 1}`,
    price: priced ? '1,51 € / kg' : '',
    cells: Array.from({ length: baskets }, (_, basket) => cell(row, basket)),
  })),
  values: priced ? Array.from({ length: baskets }, () => '10,53 €') : null,
});
const page = (more: Partial<NewsletterPage> = {}): NewsletterPage => ({
  garden: { name: 'Jardin d’essai', accent: '#b0413e', contact: '12 rue du Moulin, 88130 Charmes · 03 29 00 00 00' },
  day: '2025-10-22',
  week: 43,
  title: 'La feuille de chou',
  intro: '',
  footer: 'Ouvert le samedi matin.',
  tours: '',
  blocks: ['contents', 'news', 'recipe', 'dates', 'notice'],
  contents: contents(3, 8, () => '500 g'),
  news: { title: 'Des nouvelles', text: 'Les courges sont rentrées.\n\nMerci à tous !' },
  recipe: { name: 'Velouté', effort: 'Pour 4 personnes', ingredients: '1 courge\n2 poireaux', steps: 'Couper.\nCuire.\nMixer.' },
  dates: { coming: ['Mercredi 29 octobre', 'Mercredi 5 novembre'], closings: ['Pas de livraison le mercredi 24 décembre.'] },
  notice: { title: 'À rapporter', text: 'Vos sacs et vos cagettes.' },
  ...more,
});
const long = (count: number) =>
  Array.from({ length: count }, (_, at) => `Phrase numéro ${at + 1} d’un texte qui ne finit pas, ou si peu.`).join('\n\n');

const cases: Record<string, NewsletterPage> = {
  usual: page(),
  'one basket, names only': page({ contents: contents(1, 5, () => '•') }),
  'two baskets side by side': page({ contents: contents(2, 14, () => '500 g') }),
  'prices and values': page({ contents: contents(3, 8, () => '500 g', true), intro: 'Bonne semaine à toutes et à tous !' }),
  'baskets that differ': page({ contents: contents(4, 24, (row, basket) => (row % 4 === basket ? '1 pièce' : '')) }),
  'baskets that differ, with prices': page({ contents: contents(7, 21, (row, basket) => (row % 7 === basket ? '1 pièce' : ''), true) }),
  'endless news': page({ news: { title: 'Des nouvelles', text: long(200) } }),
  'one endless word': page({ news: { title: 'Nouvelles', text: 'a'.repeat(9000) } }),
  'endless recipe': page({ recipe: { name: 'Recette '.repeat(30), effort: '', ingredients: long(50), steps: long(80) } }),
  'too many vegetables and baskets': page({ contents: contents(8, 60, () => '500 g'), intro: long(3) }),
  'everything too long': page({
    contents: contents(8, 60, () => '500 g'),
    news: { title: 'Des nouvelles', text: long(100) },
    recipe: { name: 'Recette', effort: '', ingredients: long(30), steps: long(60) },
    dates: { coming: long(10).split('\n\n'), closings: long(20).split('\n\n') },
    notice: { title: 'À noter', text: long(12) },
    footer: long(6),
  }),
  'nothing to say': page({ contents: null, news: null, recipe: null, dates: null, notice: null }),
};

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  test.each(Object.entries(cases))('%s: one page, nothing outside its margins or over something else', async (_, one) => {
    const { pdf } = await printNewsletter([one], today);
    expect(pagesOf(pdf)).toHaveLength(1);
    expect(untidy(wordsOf(pdf))).toEqual([]);
    for (const font of fontsOf(pdf)) expect(font).toMatchObject({ embedded: true, unicode: true });
  });

  test('every part stands in the order of the garden', async () => {
    const [text] = pagesOf((await printNewsletter([page({ blocks: ['notice', 'news', 'contents'] })], today)).pdf);
    const places = ['À rapporter', 'Des nouvelles', 'Dans les paniers'].map((title) => text!.indexOf(title));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(text).not.toContain('Velouté');
  });
});

test('what is left out is said, and only then', async () => {
  const warnings = async (one: NewsletterPage) => (await printNewsletter([one], today)).warnings;
  expect(await warnings(cases.usual!)).toEqual([]);
  expect(await warnings(cases['endless news']!)).toEqual([expect.stringMatching(/^Les nouvelles .*\d+ lignes ne sont pas imprimées\.$/)]);
  expect(await warnings(cases['endless recipe']!)).toEqual([expect.stringMatching(/^La recette /)]);
  expect((await warnings(cases['everything too long']!)).length).toBeGreaterThan(3);
  // What is seen on screen is what is printed.
  expect(sketchNewsletter(cases['endless news']!, today).warnings).toEqual(await warnings(cases['endless news']!));
});

test('a table where baskets share, a list for each where they differ', () => {
  expect(differ(contents(3, 8, () => '500 g'))).toBe(false);
  expect(differ(contents(1, 8, () => '500 g'))).toBe(false);
  expect(differ(contents(4, 24, (row, basket) => (row % 4 === basket ? '1' : '')))).toBe(true);
});

test('what people type is text, on screen too', () => {
  const { svg } = sketchNewsletter(page({ news: { title: '<script>', text: '<img src=x> & "deux"' } }), today);
  expect(svg).not.toMatch(/<script|<img/);
  expect(svg).toContain('&lt;img src=x&gt; &amp; &quot;deux&quot;');
});
