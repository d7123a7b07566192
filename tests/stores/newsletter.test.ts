import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createRecipe,
  newsletter,
  newsletterDays,
  newsletterSheet,
  newsletterTemplate,
  published,
  publishedDay,
  saveNewsletter,
  saveTemplate,
} from '../../src/domains/composition/index.server.ts';
import { newsletterForm, templateForm } from '../../src/domains/composition/schema-newsletter.ts';
import { newRecipeForm } from '../../src/domains/composition/schema-recipes.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { canReadBack, pagesOf, untidy, wordsOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';
import { type Places, plantPlaces, today } from './places.garden.ts';

const wednesday = '2025-10-22';
const thursday = '2025-10-23';
const database = useDatabase();
let garden: TestGarden;
let places: Places;
const produce: Record<string, number> = {};
const recipes: Record<string, number> = {};

/** A basket of a day, « 500 » thousandths of each vegetable. */
async function compose(product_id: number, day: string, lines: Record<string, number>, tour_id: number | null = null): Promise<void> {
  const composition_id = await sow(garden, 'composition', { product_id, day, tour_id });
  for (const [name, quantity] of Object.entries(lines))
    await sow(garden, 'composition_line', { composition_id, produce_id: produce[name], quantity, unit: 'kg', unit_price: 15_100 });
}
const settings = (changed: Record<string, unknown>) =>
  garden.owner.query(`update garden set settings = settings || $1::jsonb where id = $2`, [JSON.stringify(changed), garden.gardenId]);
const typed = (more: Record<string, unknown> = {}) => {
  const { version: _, ...values } = newsletterForm.parse({ version: '0', title: 'L’automne', news: 'Les courges sont rentrées.', ...more });
  return values;
};

beforeAll(async () => {
  garden = await plantGarden(database.ownerUrl());
  places = await plantPlaces(garden);
  for (const name of ['Carotte', 'Poireau', 'Courge', 'Navet']) produce[name] = await sow(garden, 'produce', { name });
  await compose(places.simple, wednesday, { Carotte: 500, Poireau: 400 });
  await compose(places.family, wednesday, { Carotte: 900, Courge: 1500 });
  await sow(garden, 'tour', { code: 'ME2', name: 'Nord', preparation_weekday: 2, delivery_weekday: 3, position: 2 }).then((tour_id) =>
    sow(garden, 'delivery', { tour_id, year: 2025, week: 43, usual_date: wednesday, date: wednesday }),
  );
  for (const [name, ingredients] of Object.entries({ Soupe: '2 carottes\n1 poireau', Purée: 'carotte', Salade: 'navet' })) {
    const made = await createRecipe(garden.marie, newRecipeForm.parse({ name, ingredients, body: 'Couper.\nCuire.' }));
    recipes[name] = made.ok ? made.value.id : 0;
  }
});
afterAll(() => garden.owner.end());

describe('what subscribers may see', () => {
  const seen = (now: string, asked = {}) =>
    inGarden(garden.marie, (tx) =>
      published(tx, garden.gardenId, { day: wednesday, productId: places.simple, tourId: places.wednesday, ...asked }, new Date(now)),
    );
  // Wednesday 22 October begins in France on 21 October at 22:00 UTC; 48 hours before is the 19th at 22:00.
  const hour = '2025-10-19T22:00:00Z';

  test('nothing before its hour, then the vegetables with the detail of the garden', async () => {
    expect(await seen('2025-10-19T21:59:59Z')).toBeNull();
    expect(await seen(hour)).toMatchObject({
      productName: 'Simple',
      value: null,
      lines: [
        { name: 'Carotte', quantity: 500, unitPrice: null },
        { name: 'Poireau', quantity: 400, unitPrice: null },
      ],
    });
    await settings({ publishHours: 12 });
    expect(await seen(hour)).toBeNull();
    await settings({ publishHours: 48, publishDetail: 'names' });
    expect(JSON.stringify(await seen(hour))).not.toMatch(/500|15100/);
    await settings({ publishDetail: 'prices' });
    // (0.5 + 0.4) kg at 1.51 € = 1.359 €.
    expect(await seen(hour)).toMatchObject({ value: 13_590_000 });
    await settings({ publishDetail: 'weights' });
  });

  test('nothing where nothing was composed; what a tour says of its own stands first', async () => {
    expect(await seen(hour, { day: thursday })).toBeNull();
    expect(await seen(hour, { productId: 999_999 })).toBeNull();
    await compose(places.simple, '2025-11-12', { Carotte: 300 });
    await compose(places.simple, '2025-11-12', { Navet: 300 }, places.wednesday);
    const names = async (tourId: number) =>
      (await seen('2025-11-12T00:00:00Z', { day: '2025-11-12', tourId }))!.lines.map(({ name }) => name);
    expect(await names(places.wednesday)).toEqual(['Navet']);
    expect(await names(places.thursday)).toEqual(['Carotte']);
  });

  test('the team sees it before the hour, and is told when it begins', async () => {
    const before = (await publishedDay(garden.marie, wednesday, new Date('2025-10-01T00:00:00Z')))!;
    expect(before).toMatchObject({ visible: false, hours: 48, from: new Date(hour) });
    expect(before.sheets).toMatchObject([
      { tours: [{ code: 'ME1' }, { code: 'ME2' }], baskets: [{ productName: 'Simple' }, { productName: 'Familial' }] },
    ]);
    expect((await publishedDay(garden.marie, wednesday, new Date(hour)))!.visible).toBe(true);
    expect(await publishedDay(garden.marie, '2025-10-21', new Date(hour))).toBeNull();
  });
});

describe('the « feuille de chou »', () => {
  test('days around today, with what is ready', async () => {
    const days = await newsletterDays(garden.marie, today, { after: 3 });
    expect(days.map(({ date, tours, composed, written }) => [date, tours.join(), composed, written])).toEqual([
      [wednesday, 'ME1,ME2', 2, false],
      [thursday, 'JE1', 0, false],
      ['2025-10-29', 'ME1', 0, false],
    ]);
  });

  test('recipes that take the vegetables of the day are proposed first', async () => {
    const found = (await newsletter(garden.marie, wednesday, today))!;
    expect(found.recipes.map(({ name, produce: common }) => [name, common.join()])).toEqual([
      ['Soupe', 'Carotte,Poireau'],
      ['Purée', 'Carotte'],
      ['Salade', ''],
    ]);
    expect(found).toMatchObject({ composed: true, written: { version: 0 }, before: null });
    expect(found.previews).toMatchObject([{ tours: '', warnings: [] }]);
    expect(found.previews[0]!.svg).toContain('Dans les paniers');
    expect(await newsletter(garden.marie, '2025-10-21', today)).toBeNull();
  });

  test('it is written once; two people at once: the second is told what the first wrote', async () => {
    for (let twice = 0; twice < 2; twice++)
      expect(await saveNewsletter(garden.marie, wednesday, 0, typed({ recipeId: recipes.Soupe }))).toEqual({ ok: true, value: null });
    expect(await saveNewsletter(garden.paul, wednesday, 0, typed({ news: 'Autre chose.' }))).toMatchObject({
      ok: false,
      fields: { news: expect.stringContaining('courges'), recipeId: expect.stringContaining('Soupe') },
    });
    expect(await saveNewsletter(garden.paul, wednesday, 1, typed({ recipeId: recipes.Purée }))).toEqual({ ok: true, value: null });
    expect((await newsletter(garden.marie, wednesday, today))!).toMatchObject({ written: { version: 2 }, recipeName: 'Purée' });
    expect(await saveNewsletter(garden.marie, '2025-10-21', 0, typed())).toMatchObject({ ok: false });
    expect(await saveNewsletter(garden.marie, wednesday, 2, typed({ recipeId: 999_999 }))).toMatchObject({
      ok: false,
      fields: { recipeId: expect.any(String) },
    });
    // The week after, last week’s news can be taken up, and its recipe comes after those not printed yet.
    const next = (await newsletter(garden.marie, '2025-10-29', today))!;
    expect(next.before).toEqual({ day: wednesday, title: 'L’automne', news: 'Les courges sont rentrées.' });
    expect(next.recipes.at(-1)).toMatchObject({ name: 'Purée', lastOn: wednesday });
  });

  test.skipIf(!canReadBack)(
    'one page a day, within its margins, with contents, news, recipe, dates and contact (skipped without pdftotext)',
    async () => {
      await garden.owner.query(`update garden set phone = '03 29 00 00 00' where id = $1`, [garden.gardenId]);
      const sheet = await newsletterSheet(garden.marie, wednesday, today);
      const pdf = sheet.ok ? sheet.value.pdf : Buffer.alloc(0);
      const [page, ...others] = pagesOf(pdf);
      expect(others).toEqual([]);
      for (const words of [
        'La feuille de chou',
        'mercredi 22 octobre 2025',
        'Carotte',
        '500 g',
        '1,5 kg',
        'Les courges',
        'Purée',
        'Mercredi 29 octobre',
        '03 29 00 00 00',
      ])
        expect.soft(page).toContain(words);
      expect(page).not.toContain('1,51');
      expect(untidy(wordsOf(pdf))).toEqual([]);
      expect(await newsletterSheet(garden.marie, '2025-10-21', today)).toMatchObject({ ok: false });
    },
  );

  test.skipIf(!canReadBack)('a tour with baskets of its own has a page of its own (skipped without pdftotext)', async () => {
    await sow(garden, 'tour', { code: 'ME3', name: 'Sud', preparation_weekday: 2, delivery_weekday: 3, position: 3 }).then(
      async (tour_id) => {
        await sow(garden, 'delivery', { tour_id, year: 2025, week: 44, usual_date: '2025-10-29', date: '2025-10-29' });
        await compose(places.simple, '2025-10-29', { Carotte: 500 });
        await compose(places.simple, '2025-10-29', { Navet: 700 }, tour_id);
      },
    );
    const sheet = await newsletterSheet(garden.marie, '2025-10-29', today);
    const pages = pagesOf(sheet.ok ? sheet.value.pdf : Buffer.alloc(0));
    expect(pages).toHaveLength(2);
    expect(pages[0]).toMatch(/Tournée ME1 .*Carotte/);
    expect(pages[1]).toMatch(/Tournée ME3 .*Navet/);
  });

  test.skipIf(!canReadBack)('whatever its length it stays on one page, and says what it left out (skipped without pdftotext)', async () => {
    const news = Array.from(
      { length: 60 },
      (_, at) => `Paragraphe ${at + 1} : les poireaux grossissent, la mâche est semée sous abri, et les courges sèchent.`,
    ).join('\n\n');
    const { version } = (await newsletter(garden.marie, wednesday, today))!.written;
    await saveNewsletter(garden.marie, wednesday, version, typed({ news, recipeId: recipes.Soupe }));
    const sheet = await newsletterSheet(garden.marie, wednesday, today);
    if (!sheet.ok) throw new Error(sheet.reason);
    expect(sheet.value.warnings).toEqual([
      expect.stringMatching(/^Les nouvelles sont trop longues pour une page : \d+ lignes ne sont pas imprimées\.$/),
    ]);
    const pages = pagesOf(sheet.value.pdf);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('…');
    expect(pages[0]).toContain('Soupe');
    expect(untidy(wordsOf(sheet.value.pdf))).toEqual([]);
    expect((await newsletter(garden.marie, wednesday, today))!.previews[0]!.warnings).toEqual(sheet.value.warnings);
  });

  test('the template is the garden’s: its texts, its parts in its order', async () => {
    const base = JSON.stringify(await newsletterTemplate(garden.marie));
    const form = (more: Record<string, string> = {}) =>
      templateForm.parse({
        base,
        title: 'Le petit écho',
        newsTitle: 'Quoi de neuf',
        dates: '2',
        place_news: '1',
        place_contents: '2',
        ...more,
      });
    for (let twice = 0; twice < 2; twice++)
      expect(await saveTemplate(garden.marie, form({ footer: 'À bientôt !' }))).toEqual({ ok: true, value: null });
    expect(await saveTemplate(garden.paul, form({ title: 'Autre' }))).toMatchObject({ ok: false });
    expect(await saveTemplate(garden.paul, form({ place_news: '', place_contents: '' }))).toMatchObject({
      ok: false,
      fields: { place_contents: expect.any(String) },
    });
    expect(await newsletterTemplate(garden.marie)).toMatchObject({
      title: 'Le petit écho',
      blocks: ['news', 'contents'],
      footer: 'À bientôt !',
    });
    const [preview] = (await newsletter(garden.marie, wednesday, today))!.previews;
    expect(preview!.svg).toContain('Le petit écho');
    expect(preview!.svg).not.toContain('Prochaines livraisons');
    expect(preview!.svg.indexOf('Paragraphe')).toBeLessThan(preview!.svg.indexOf('Dans les paniers'));
  });
});

describe('what it costs and who may', () => {
  test('a fixed number of queries', async () => {
    const queries = async (work: () => Promise<unknown>) => (await countingQueries(work)).queries.length;
    expect(await queries(() => newsletterDays(garden.marie, today))).toBe(1);
    expect(await queries(() => newsletter(garden.marie, wednesday, today))).toBeLessThanOrEqual(6);
    expect(await queries(() => newsletterSheet(garden.marie, wednesday, today))).toBeLessThanOrEqual(5);
    expect(await queries(() => publishedDay(garden.marie, wednesday, new Date()))).toBe(2);
  });

  test('each asks for its right', async () => {
    const [reader, stranger] = [garden.with('composition:read'), garden.with('customers:change')];
    for (const refused of [
      () => newsletterDays(stranger, today),
      () => newsletter(stranger, wednesday, today),
      () => newsletterTemplate(stranger),
      () => publishedDay(stranger, wednesday, new Date()),
      () => saveNewsletter(reader, wednesday, 0, typed()),
      () => saveTemplate(reader, {} as never),
    ])
      expect(refused).toThrow(AccessDenied);
    await expect(newsletterSheet(stranger, wednesday, today)).rejects.toThrow(AccessDenied);
  });
});
