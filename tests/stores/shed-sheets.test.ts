import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type SheetFormat, type SheetKind, sheet, sheetKinds } from '../../src/domains/preparation/index.server.ts';
import { AccessDenied, type Actor } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { readTable } from '../../src/platform/files/table.ts';
import { canReadBack, pagesOf } from '../../src/platform/pdf/read-back.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { only, smallGarden, today } from './logistics.garden.ts';

useDatabase();
let actor: Actor;
const date = '2025-10-29';
beforeAll(async () => {
  actor = await smallGarden('bourg');
  await inGarden(actor, async (tx) => {
    const id = actor.gardenId;
    await sql`update product set per_crate = 2 where name = 'Simple'`.execute(tx);
    await sql`insert into produce (garden_id, name, unit) values (${id}, 'Carottes', 'kg'), (${id}, 'Salade', 'piece')`.execute(tx);
    // Every Simple holds 500 g of carrots; on the tour ME1 a salad instead. Prices that would show: 1,51 € and 7,77 €.
    await sql`
      insert into composition (garden_id, product_id, day, tour_id)
      select ${id}, p.id, ${date}, t.id from product p, (select null::bigint as id union all select id from tour where code = 'ME1') t
      where p.name = 'Simple' or t.id is null`.execute(tx);
    await sql`
      insert into composition_line (garden_id, composition_id, produce_id, quantity, unit, unit_price)
      select ${id}, c.id, r.id, case when c.tour_id is null then 500 else 1000 end, r.unit, 15100
      from composition c join produce r on r.name = case when c.tour_id is null then 'Carottes' else 'Salade' end`.execute(tx);
  });
});

const made = async (kind: SheetKind, format: SheetFormat = 'pdf', labelFor?: 'basket' | 'crate') => {
  const done = await sheet(actor, kind, { date, today, labelFor }, format);
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};
const table = async (kind: SheetKind, labelFor?: 'basket' | 'crate') => {
  const read = await readTable('feuille.xlsx', await made(kind, 'xlsx', labelFor));
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};
/** What no sheet may tell: prices of baskets and of vegetables, who pays and how. */
const secrets = /€|\b13[,.]8|\b23[,.]7|\b1380\b|\b2370\b|1[,.]51|15100|SECRET43|terme|échu|mandat|IBAN|TTC|prix/i;

describe.each(sheetKinds)('%s', (kind) => {
  test.skipIf(!canReadBack)('the sheet carries no price and not who pays', async () => {
    for (const labelFor of kind === 'labels' ? (['basket', 'crate'] as const) : [undefined]) {
      const text = pagesOf(await made(kind, 'pdf', labelFor)).join(' ');
      expect(text).toMatch(/Mairie/);
      expect(text).not.toMatch(secrets);
    }
  });
  test('nor does its workbook', async () => {
    const { headers, rows } = await table(kind);
    expect(rows.length).toBeGreaterThan(0);
    expect([headers, ...rows.map((row) => row.cells)].join('\n')).not.toMatch(secrets);
  });
  test('a day without delivery is refused in the same words', async () => {
    expect(await sheet(actor, kind, { date: '2025-10-30', today }, 'xlsx')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Aucune livraison n’a lieu le jeudi 30 octobre 2025.'),
    });
  });
});

test.skipIf(!canReadBack)(
  'the preparation sheet says what baskets hold: a composition of the tour stands instead of the day’s',
  async () => {
    const contents = pagesOf(await made('preparation')).find((page) => page.includes('Dans un panier'))!;
    // 4 Simple with one salad each; 3 Familial with 500 g of carrots.
    expect(contents).toMatch(/Simple × 4 Familial × 3/);
    expect(contents).toMatch(/Carottes · 500 g 1,5 kg/);
    expect(contents).toMatch(/Salade 1 pièce · 4 pièces/);
  },
);

test('a label for each basket, with a code of its own: delivery, slot, subscription', async () => {
  const { headers, rows } = await table('labels');
  const at = (name: string) => headers.indexOf(name);
  expect(rows.map(({ cells }) => [cells[at('Arrêt')], cells[at('Nom')], cells[at('Panier')], cells[at('Partie')]])).toEqual([
    ['1', 'Émond Émile', 'Simple', '1/2'],
    ['1', 'Émond Émile', 'Simple', '2/2'],
    ['1', 'Zola Zoé', 'Simple', ''],
    ['1', 'Eluard Nusch', 'Familial', ''],
    ['2', 'Abeille Jean-Paul', 'Simple', ''],
    ['2', 'Abeille Jean-Paul', 'Familial', '1/2'],
    ['2', 'Abeille Jean-Paul', 'Familial', '2/2'],
  ]);
  const codes = rows.map(({ cells }) => cells[at('Code')]!);
  expect(codes.every((code) => /^\d+-\d+-\d+$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(5);
});

test('a label for each crate, without a name; what is in no crate has one per depot', async () => {
  const { headers, rows } = await table('labels', 'crate');
  const at = (name: string) => headers.indexOf(name);
  expect(rows.map(({ cells }) => [cells[at('Point de dépôt')], cells[at('Nom')], cells[at('Panier')], cells[at('Partie')]])).toEqual([
    ['Mairie', '', '2 Simple', 'caisse 1/2'],
    ['Mairie', '', '1 Simple', 'caisse 2/2'],
    ['Mairie', '', '1 Familial', ''],
    ['École', '', '1 Simple', 'caisse 1/1'],
    ['École', '', '2 Familial', ''],
  ]);
});

test('stops stand in the order the garden likes, but on the route sheet', async () => {
  const order = (sheetOrder: string) =>
    inGarden(actor, (tx) => sql`update garden set settings = settings || ${JSON.stringify({ sheetOrder })}::jsonb`.execute(tx));
  const depots = async (kind: SheetKind) => {
    const { headers, rows } = await table(kind);
    return [...new Set(rows.map(({ cells }) => cells[headers.indexOf('Point de dépôt')]))];
  };
  await order('name');
  expect(await depots('preparation')).toEqual(['École', 'Mairie']);
  expect(await depots('depots')).toEqual(['École', 'Mairie']);
  expect(await depots('labels')).toEqual(['École', 'Mairie']);
  expect(await depots('route')).toEqual(['Mairie', 'École']);
  await order('tour');
});

test('few queries, whatever the kind; and each asks for its right', async () => {
  const counted = async (kind: SheetKind) => (await countingQueries(() => made(kind))).queries.length;
  expect([await counted('preparation'), await counted('route'), await counted('depots'), await counted('labels')]).toEqual([4, 3, 3, 3]);
  await expect(sheet(only(actor, 'logistics:change'), 'labels', { date, today })).rejects.toThrow(AccessDenied);
});
