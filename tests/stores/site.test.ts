import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  archiveArticle,
  articleList,
  articleRecord,
  changeArticle,
  contactMessages,
  createArticle,
  depotsInBrief,
  describePhoto,
  handleMessage,
  leaveMessage,
  news,
  newsItem,
  ownHosts,
  publicOffer,
  publish,
  removePhoto,
  restoreText,
  saveSite,
  saveText,
  setPhoto,
  shareCard,
  shrink,
  siteOf,
  sitePhoto,
  siteRecord,
  siteTexts,
} from '../../src/domains/site/index.server.ts';
import { publicAddress } from '../../src/domains/site/rules/address.ts';
import { firstTexts } from '../../src/domains/site/rules/texts.ts';
import { contactSchema, siteSchema } from '../../src/domains/site/schema.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { visitorOf } from '../../src/platform/access/own.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, sowLogistics, type TestGarden } from './customers.garden.ts';

const today = '2025-10-20';
const now = new Date('2025-10-20T09:00:00Z');
const database = useDatabase();
let here: TestGarden;
let there: TestGarden;
let places: Awaited<ReturnType<typeof sowLogistics>>;
beforeAll(async () => {
  here = await plantGarden(database.ownerUrl(), 'ici');
  there = await plantGarden(database.ownerUrl(), 'la-bas');
  places = await sowLogistics(here);
});
afterAll(() => Promise.all([here.owner.end(), there.owner.end()]));

const visitor = () => visitorOf(here.gardenId, 'site:read', 'catalogue:read', 'logistics:read');
/** A photo as a telephone takes it: lying, with the place where it was taken noted in it. */
const taken = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#7a5' } })
    .withExif({ IFD0: { Copyright: 'Marie, 12 rue des Lilas' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

describe('pages', () => {
  test('are shown to nobody but the team before the garden says so; said twice, it is said once', async () => {
    expect(await siteOf('nulle-part')).toBeNull();
    expect(await siteOf('ici')).toMatchObject({ gardenId: here.gardenId, published: false, written: [] });
    for (const open of [true, true, false, true]) expect(await publish(here.marie, open, today)).toMatchObject({ ok: true });
    expect((await siteOf('ici'))!.published).toBe(true);
    expect((await siteOf('la-bas'))!.published).toBe(false);
    // One opening, one closing, one opening again.
    expect((await siteRecord(here.marie)).version).toBe(3);
    await expect(publish(here.with('site:read'), true, today)).rejects.toThrow(AccessDenied);
  });

  test('say something from the first day, and take a fixed number of queries', async () => {
    const { result, queries } = await countingQueries(() => siteOf('ici'));
    expect(queries).toHaveLength(2);
    expect(result!.texts.about).toContain('Jardin d’essai');
    for (const key of ['tagline', 'welcome', 'social', 'baskets', 'how', 'questions'] as const)
      expect(result!.texts[key], key).not.toBe('');
  });

  test('offer what anybody may take, at the price of the day', async () => {
    const plan = async (name: string, more: Record<string, unknown>, prices: [string, number][]) => {
      const plan_id = await sow(here, 'plan', { name, product_id: places.simple, ...more });
      for (const [starts_on, price_cents] of prices) await sow(here, 'plan_price', { plan_id, starts_on, price_cents });
    };
    await plan('Simple', {}, [['2020-01-01', 1380], ['2026-01-01', 1400]]); // biome-ignore format: a line
    await plan('Salariés', { categories: ['Salarié'] }, [['2020-01-01', 500]]);
    await plan('Sans prix encore', {}, [['2026-01-01', 900]]);
    await plan('Rangée', { archived_at: '2025-01-01' }, [['2020-01-01', 900]]);
    const offer = await publicOffer(visitor(), today);
    expect(offer.map(({ name, priceCents, nextPrice }) => [name, priceCents, nextPrice?.priceCents])).toEqual([['Simple', 1380, 1400]]);
  });

  test('count places as the list of depots does, with their towns and days', async () => {
    await here.owner.query("update depot set city = 'Épinal' where number = '1'");
    await here.owner.query("update depot set category = 'reserved' where number = '2'");
    await sow(here, 'depot', { number: '3', name: 'Usine', category: 'professional' });
    expect(await depotsInBrief(visitor(), today)).toEqual({ depots: 2, towns: ['Épinal'], days: [3, 4], nextDay: null });
  });
});

describe('texts', () => {
  test('are the garden’s once written, and the house’s again when asked', async () => {
    expect(await saveText(here.marie, 'tagline', 0, 'Des légumes d’ici')).toMatchObject({ ok: true });
    expect((await siteOf('ici'))!.texts.tagline).toBe('Des légumes d’ici');
    expect((await siteOf('la-bas'))!.texts.tagline).toBe(firstTexts({ name: '' }).tagline);
    expect((await siteTexts(here.marie)).find(({ key }) => key === 'tagline')).toMatchObject({ version: 1, body: 'Des légumes d’ici' });
    expect(await restoreText(here.marie, 'tagline')).toMatchObject({ ok: true });
    expect((await siteOf('ici'))!.written).not.toContain('tagline');
  });

  test('written by two people at once: the second is told, what she typed is kept; sent twice, it acts once', async () => {
    expect(await saveText(here.marie, 'about', 0, 'De Marie')).toMatchObject({ ok: true });
    expect(await saveText(here.marie, 'about', 0, 'De Marie')).toMatchObject({ ok: true });
    const late = await saveText(here.paul, 'about', 0, 'De Paul');
    expect(late).toMatchObject({ ok: false, fields: { body: expect.stringContaining('De Marie') } });
    expect(await saveText(here.paul, 'about', 1, 'De Paul')).toMatchObject({ ok: true });
    expect((await siteTexts(here.marie)).find(({ key }) => key === 'about')).toMatchObject({ version: 2, body: 'De Paul' });
    expect(() => saveText(here.with('site:read'), 'about', 2, 'x')).toThrow(AccessDenied);
  });
});

describe('photos', () => {
  test('are turned upright, shrunk, and forget what the camera noted', async () => {
    const { width, height, files } = (await shrink(await taken(2000, 1000), [480, 960, 1600]))!;
    // Orientation 6: it stands on its side.
    expect([width, height]).toEqual([1000, 2000]);
    expect(files.map((one) => one.width)).toEqual([480, 960, 1000]);
    for (const { content, width: kept } of files) {
      const read = await sharp(content).metadata();
      expect(read).toMatchObject({ format: 'webp', width: kept, height: kept * 2 });
      expect(read.exif).toBeUndefined();
      expect(content.includes('Lilas')).toBe(false);
    }
    expect(await shrink(Buffer.from('nothing of a photo'), [480])).toBeNull();
  });

  test('take the place of the one before, each garden its own; a basket has its own too', async () => {
    for (const size of [1200, 1700])
      expect(await setPhoto(here.marie, { place: 'cover' }, await taken(size, size), 'Un champ')).toMatchObject({ ok: true });
    expect(await setPhoto(here.marie, { place: 'basket', productId: places.simple }, await taken(500, 500), '')).toMatchObject({
      ok: true,
    });
    const { photos } = (await siteOf('ici'))!;
    expect(photos.map(({ place, productId, sizes, alt }) => [place, productId, sizes, alt])).toEqual([
      ['cover', null, [480, 960, 1600], 'Un champ'],
      ['basket', places.simple, [320, 500], ''],
    ]);
    const [cover] = photos;
    expect((await sitePhoto(visitor(), cover!.id, 480))!.type).toBe('image/webp');
    expect(await sitePhoto(visitor(), cover!.id, 481)).toBeNull();
    expect(await sitePhoto(visitorOf(there.gardenId, 'site:read'), cover!.id, 480)).toBeNull();
    expect(await describePhoto(here.marie, cover!.id, 'Un champ au matin')).toMatchObject({ ok: true });
    for (let twice = 0; twice < 2; twice++) expect(await removePhoto(here.marie, cover!.id)).toMatchObject({ ok: true });
    expect((await siteOf('ici'))!.photos.map(({ place }) => place)).toEqual(['basket']);
  });

  test('are refused with what to do, and only changed by those who may', async () => {
    expect(await setPhoto(here.marie, { place: 'logo' }, new Uint8Array(), '')).toMatchObject({
      ok: false,
      fields: { photo: 'Choisissez une photo.' },
    });
    expect(await setPhoto(here.marie, { place: 'logo' }, Buffer.from('%PDF-1.7'), '')).toMatchObject({ ok: false });
    await expect(setPhoto(here.with('site:read'), { place: 'logo' }, await taken(9, 9), '')).rejects.toThrow(AccessDenied);
  });

  test('make the card that social networks show', async () => {
    for (const cover of [false, true]) {
      if (cover) await setPhoto(here.marie, { place: 'cover' }, await taken(900, 700), '');
      const card = await shareCard(visitor(), (await siteOf('ici'))!);
      expect(await sharp(card).metadata()).toMatchObject({ format: 'jpeg', width: 1200, height: 630 });
      expect(card.length).toBeLessThan(200_000);
    }
  });
});

describe('news', () => {
  const given = (title: string, more: object = {}) => ({
    version: 0,
    title,
    summary: '',
    body: 'Bonjour.',
    publishedOn: today,
    published: true,
    ...more,
  });
  const made = async (title: string, more: object = {}) => {
    const outcome = await createArticle(here.marie, given(title, more));
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.value.id;
  };

  test('are what was written for today or before, shown, and not put away; a draft is the team’s', async () => {
    const id = await made('La fête');
    expect(await made('La fête')).toBe(id);
    await made('Demain', { publishedOn: '2025-10-21' });
    await made('Brouillon', { published: false });
    const away = await made('Rangé');
    await archiveArticle(here.marie, away, true);
    expect((await news(visitor(), today, now)).map(({ title }) => title)).toEqual(['La fête']);
    expect((await news(visitor(), '2025-10-21', now)).map(({ title }) => title)).toEqual(['Demain', 'La fête']);
    expect(await newsItem(visitor(), 'la-fete', today, now)).toMatchObject({ title: 'La fête', letter: false });
    for (const slug of ['demain', 'brouillon', 'range', 'rien']) expect(await newsItem(visitor(), slug, today, now), slug).toBeNull();
    expect((await articleList(here.marie)).map(({ title }) => title)).toEqual(['Demain', 'Brouillon', 'La fête', 'Rangé']);
    expect(await news(visitorOf(there.gardenId, 'site:read'), today, now)).toEqual([]);
  });

  test('an article keeps its address when its title changes, and two people lose nothing', async () => {
    const id = await made('Première version');
    expect(await changeArticle(here.marie, id, given('Deuxième version', { version: 1 }))).toMatchObject({ ok: true });
    expect(await articleRecord(here.marie, id)).toMatchObject({ slug: 'premiere-version', version: 2 });
    expect(await changeArticle(here.paul, id, given('De Paul', { version: 1 }))).toMatchObject({
      ok: false,
      fields: { title: expect.stringContaining('Deuxième version') },
    });
    expect(await changeArticle(here.paul, id, given('Deuxième version', { version: 1 }))).toMatchObject({ ok: true });
    expect((await articleRecord(here.marie, await made('Première version', { body: 'Autre.' })))!.slug).toBe('premiere-version-2');
  });

  test('what is written with baskets is news too, from the hour that baskets are published', async () => {
    await sow(here, 'newsletter', { day: '2025-10-22', title: 'L’automne', news: 'Les courges sont rentrées.' });
    const early = new Date('2025-10-19T09:00:00Z');
    const at = new Date('2025-10-20T10:00:00Z');
    expect((await news(visitor(), today, early)).some(({ letter }) => letter)).toBe(false);
    expect((await news(visitor(), today, at))[0]).toMatchObject({ slug: 'feuille-2025-10-22', title: 'L’automne', letter: true });
    expect(await newsItem(visitor(), 'feuille-2025-10-22', today, early)).toBeNull();
    expect(await newsItem(visitor(), 'feuille-2025-10-22', today, at)).toMatchObject({ body: 'Les courges sont rentrées.' });
  });
});

describe('messages of visitors', () => {
  const message = (more: object = {}) =>
    contactSchema.parse({
      ...{
        name: 'Jeanne',
        email: 'jeanne@exemple.test',
        subject: 'Les paniers',
        body: 'Bonjour\r\nà vous',
        token: crypto.randomUUID(),
        ...more,
      },
    });

  test('are kept once, written to the garden, and dealt with', async () => {
    await here.owner.query("update garden set email = 'jardin@exemple.test' where id = $1", [here.gardenId]);
    const one = message();
    for (let twice = 0; twice < 2; twice++) expect(await leaveMessage(visitor(), one)).toMatchObject({ ok: true });
    const { rows, left } = await contactMessages(here.marie);
    expect([rows.length, left, rows[0]!.body]).toEqual([1, 1, 'Bonjour\nà vous']);
    const sent = await here.owner.query("select to_address, reply_to, body from message where event = 'contact_message'");
    expect(sent.rows).toEqual([
      { to_address: 'jardin@exemple.test', reply_to: 'jeanne@exemple.test', body: expect.stringContaining('à vous') },
    ]);
    await handleMessage(here.marie, rows[0]!.id, true);
    expect((await contactMessages(here.marie)).rows).toEqual([]);
    expect((await contactMessages(here.marie, { all: true })).rows[0]).toMatchObject({ handledBy: 'Marie Curien' });
    expect((await contactMessages(there.marie, { all: true })).rows).toEqual([]);
  });

  test('of machines are thanked for and forgotten; a flood is stopped; a year after, they are gone', async () => {
    expect(await leaveMessage(visitor(), message({ website: 'https://x.test' }))).toMatchObject({ ok: true });
    expect((await contactMessages(here.marie)).rows).toEqual([]);
    await here.owner.query("update contact_message set handled_at = now() - interval '2 years'");
    await leaveMessage(visitor(), message());
    expect((await contactMessages(here.marie, { all: true })).rows).toHaveLength(1);
    await here.owner.query(
      "insert into contact_message (garden_id, name, email, body, token) select $1, 'x', 'x@x.test', 'x', gen_random_uuid() from generate_series(1, 200)",
      [here.gardenId],
    );
    expect(await leaveMessage(visitor(), message())).toMatchObject({ ok: false });
  });

  test('leave nothing of people in the trail', async () => {
    const { rows } = await here.owner.query(
      "select after::text as after from audit_entry where table_name = 'contact_message' and after is not null",
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { after } of rows) expect(after).not.toMatch(/Jeanne|exemple\.test|Bonjour/);
  });
});

describe('a host of one’s own', () => {
  const site = (host: string, version: number) => ({ version, host, facebook: '', instagram: '' });
  test('is one garden’s, and never the platform’s', async () => {
    const version = (await siteRecord(here.marie)).version;
    expect(await saveSite(here.marie, site('jardin.test', version))).toMatchObject({ ok: true });
    expect(await saveSite(there.marie, site('jardin.test', 0))).toMatchObject({
      ok: false,
      fields: { host: expect.stringContaining('autre jardin') },
    });
    expect(await saveSite(there.marie, site('localhost', 0))).toMatchObject({ ok: false });
    expect(await ownHosts()).toEqual(new Map([['jardin.test', 'ici']]));
    expect(await saveSite(here.paul, site('ailleurs.test', version))).toMatchObject({
      ok: false,
      fields: { host: expect.stringContaining('jardin.test') },
    });
    expect(await saveSite(here.paul, site('', version + 1))).toMatchObject({ ok: true });
    expect((await ownHosts()).size).toBe(0);
  });

  test('is kept with the « www. » that was typed, for links lead there, and known with or without', async () => {
    expect(siteSchema.parse({ version: '0', host: 'https://WWW.Jardin.test:443/accueil' }).host).toBe('www.jardin.test');
    expect(await saveSite(here.marie, site('www.jardin.test', (await siteRecord(here.marie)).version))).toMatchObject({ ok: true });
    const { host, version } = await siteRecord(here.marie);
    expect(publicAddress({ slug: 'ici', host }, '/paniers', 'https://reseau.test')).toBe('https://www.jardin.test/paniers');
    expect(await ownHosts()).toEqual(new Map([['jardin.test', 'ici']]));
    expect(await saveSite(there.marie, site('jardin.test', 0))).toMatchObject({ ok: false });
    expect(await saveSite(here.marie, site('', version))).toMatchObject({ ok: true });
  });
});
