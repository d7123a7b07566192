import { describe, expect, test } from 'vitest';
import {
  applyImport,
  batchDetails,
  fileColumns,
  importDirectory,
  listBatches,
  proposeImport,
  rejectsOf,
  settleFile,
  undoImport,
} from '../../src/domains/imports/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied, type Actor, actorOf } from '../../src/platform/access/actor.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { contents, csv, type GivenFile, newGarden } from './imports.garden.ts';

const database = useDatabase();
const day = { today: '2024-12-20' };

const tours = csv(
  'tournees.csv',
  'Code;Libellé;Jour de préparation;Jour de livraison',
  'ME;Mercredi;mardi;mercredi',
  'VE;Vendredi;jeudi;vendredi',
);
const depots = csv(
  'depots.csv',
  'N°;Nom;Ville;Tournée;Ordre;Mot de passe',
  '1;Café du Marché;Épinal;ME;1;sésame',
  '2;Mairie;Golbey;ME;2;',
  '3;Pharmacie;Charmes;VE;1;',
);
const products = csv('formules.csv', 'Panier;Prix TTC;TVA', 'Simple;13,80;5,5 %', 'Familial;23,70;5,5 %');
const calendar = csv(
  'calendrier.csv',
  'Année;Semaine;Tournée;Date de livraison;Remarque',
  '2025;1;;;fermeture',
  '2025;19;ME;07/05/2025;pont',
);
const customers = csv(
  'clients.csv',
  'N°;Nom;Prénom;Téléphone;Adhésion du;au;Montant adhésion;Solde',
  '1001;Lamy;Pierre;06 40 97 25 46;01/01/2025;31/12/2025;30,00;-12,50',
  '1002;Barré;Théo;;;;;0,00',
  '1003;Olivier;Chloé;;;;;4,00',
);
const header = 'N° adhérent;Panier;Fréquence;Quantité;N° dépôt;Début;Fin;Prix TTC;Règlement';
const subscriptions = csv(
  'abonnements.csv',
  header,
  '1001;Simple;hebdomadaire;1;1;01/01/2025;31/12/2025;13,80;à terme échu',
  '1002;Simple;semaines paires;2;3;01/01/2025;31/12/2025;;à terme échu',
);
const requests = csv(
  'absences.csv',
  'N° adhérent;Panier;Semaine;Demande;Reporté en semaine',
  '1001;Simple;20;annulation;',
  '1002;Simple;22;report;23',
);
const everything = [tours, depots, products, calendar, customers, subscriptions, requests];

async function take(actor: Actor, files: GivenFile[], when = day) {
  const outcome = await importDirectory(actor, { files, year: 2025 }, when);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}
async function propose(actor: Actor, files: GivenFile[], when = day): Promise<number> {
  const outcome = await proposeImport(actor, { files, year: 2025 }, when);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.batchId;
}
const all = (actor: Actor) => contents(database.ownerUrl(), actor.gardenId);
const rowsOf = async (actor: Actor, table: string): Promise<Record<string, unknown>[]> =>
  (await all(actor))[table]!.map((row) => JSON.parse(row));
const baskets = async (actor: Actor) => (await all(actor)).basket!.length;

describe('two passes', () => {
  test('the first changes nothing and announces what the second does', async () => {
    const actor = await newGarden('deux-passes');
    await take(actor, [tours, depots, products, customers]);
    const before = await all(actor);
    const changed = csv('clients.csv', 'N°;Nom;Téléphone', '1001;Lamy;06 11 22 33 44', '1002;Barré;', '1004;Neuve;', 'sans numéro;;;;trop');
    const batchId = await propose(actor, [changed, subscriptions]);
    expect(await all(actor)).toEqual(before);

    const announced = await batchDetails(actor, batchId);
    expect(announced?.state).toBe('proposed');
    expect(announced?.kinds).toEqual([
      { kind: 'customers', added: 1, changed: 1, unchanged: 1, rejected: 1 },
      { kind: 'subscriptions', added: 2, changed: 0, unchanged: 0, rejected: 0 },
    ]);
    expect(announced?.changes).toEqual([
      {
        title: 'Fiche du client',
        name: '1001 Lamy Pierre',
        columns: [{ label: 'Téléphone', before: '06 40 97 25 46', after: '06 11 22 33 44' }],
      },
    ]);
    expect((await applyImport(actor, batchId, day)).ok).toBe(true);
    const done = await batchDetails(actor, batchId);
    expect({ ...done, appliedAt: null, state: 'proposed' }).toEqual(announced);
    const [lamy] = await rowsOf(actor, 'customer');
    // The file says nothing of her first name nor of her balance: they stay.
    expect(lamy).toMatchObject({ phone: '06 11 22 33 44', first_name: 'Pierre', opening_balance_cents: -1250 });
    expect(await baskets(actor)).toBeGreaterThan(50);
  });

  test('two clicks at once act once', async () => {
    const actor = await newGarden('deux-clics');
    const batchId = await propose(actor, everything);
    const [first, second] = await Promise.all([applyImport(actor, batchId, day), applyImport(actor, batchId, day)]);
    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(await rowsOf(actor, 'subscription')).toHaveLength(2);
    expect((await batchDetails(actor, batchId))?.kinds.find(({ kind }) => kind === 'subscriptions')).toMatchObject({
      added: 2,
      unchanged: 0,
    });
  });

  test('the same files sent twice are one proposal', async () => {
    const actor = await newGarden('deux-envois');
    const [first, second] = await Promise.all([propose(actor, everything), propose(actor, everything)]);
    expect(second).toBe(first);
    expect(await propose(actor, [customers])).not.toBe(first);
    expect((await listBatches(actor)).total).toBe(2);
  });

  test('columns are settled by hand once, and remembered', async () => {
    const actor = await newGarden('colonnes');
    const odd = csv('liste.csv', 'Zone A;Zone B;Zone C', '7001;Durand;Lucie');
    const first = await propose(actor, [odd]);
    expect((await batchDetails(actor, first))?.ready).toBe(false);
    expect((await applyImport(actor, first, day)).ok).toBe(false);
    const fileId = (await batchDetails(actor, first))!.files[0]!.id;
    const page = await fileColumns(actor, first, fileId, 'customers');
    expect(page.ok && page.value.columns).toEqual([
      { header: 'Zone A', sample: '7001' },
      { header: 'Zone B', sample: 'Durand' },
      { header: 'Zone C', sample: 'Lucie' },
    ]);
    const incomplete = await settleFile(actor, first, fileId, { kind: 'customers', mapping: { number: 'Zone A' } }, day);
    expect(incomplete.ok ? null : Object.keys(incomplete.fields ?? {})).toEqual(['lastName']);
    const mapping = { number: 'Zone A', lastName: 'Zone B', firstName: 'Zone C' };
    expect(await settleFile(actor, first, fileId, { kind: 'customers', mapping }, day)).toEqual({ ok: true, value: null });
    expect((await batchDetails(actor, first))?.kinds).toEqual([{ kind: 'customers', added: 1, changed: 0, unchanged: 0, rejected: 0 }]);
    expect(await rowsOf(actor, 'customer')).toEqual([]);

    const second = await propose(actor, [csv('autre.csv', 'Zone A;Zone B;Zone C', '7002;Petit;Anne')]);
    await applyImport(actor, second, day);
    expect(await rowsOf(actor, 'customer')).toMatchObject([{ number: '7002', last_name: 'Petit', first_name: 'Anne' }]);
  });

  test('what cannot be read is told, and does not stop the rest', async () => {
    const actor = await newGarden('illisible');
    const picture = { name: 'photo.png', content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) };
    const batchId = await propose(actor, [picture, customers]);
    const details = (await batchDetails(actor, batchId))!;
    expect(details.files[0]).toMatchObject({ name: 'photo.png', mendable: false, counts: null });
    expect(details.files[0]!.problem).toContain('image');
    expect(details.ready).toBe(true);
    const large = { name: 'gros.csv', content: new Uint8Array(10 * 1024 * 1024 + 1) };
    expect(await proposeImport(actor, { files: [large], year: 2025 }, day)).toMatchObject({
      ok: false,
      fields: { files: expect.stringContaining('10 Mo') },
    });
  });
});

describe('lines', () => {
  test('rejected ones come out in a file, and go in once corrected', async () => {
    const actor = await newGarden('rejets');
    const bad = csv('clients.csv', 'N°;Nom;E-mail', '1;Un;un@exemple.test', '2;Deux;sans arobase', ';Trois;');
    const batchId = await propose(actor, [bad]);
    await applyImport(actor, batchId, day);
    const [file] = (await batchDetails(actor, batchId))!.files;
    expect(file!.rejected.map(({ line, cells }) => [line, cells])).toEqual([
      [3, ['2', 'Deux', 'sans arobase']],
      [4, ['', 'Trois', '']],
    ]);
    const rejects = await rejectsOf(actor, batchId, file!.id);
    if (!rejects.ok) throw new Error(rejects.reason);
    expect(rejects.value.name).toBe('clients - lignes à corriger.csv');
    const text = new TextDecoder()
      .decode(rejects.value.content)
      .replace('sans arobase', 'deux@exemple.test')
      .replace(/^;Trois/m, '3;Trois');
    const again = await take(actor, [{ name: rejects.value.name, content: new TextEncoder().encode(text) }]);
    expect(again.report).toMatchObject({ accepted: { customers: 2 }, rejected: [] });
    expect((await rowsOf(actor, 'customer')).map(({ number, email }) => [number, email])).toEqual([
      ['1', 'un@exemple.test'],
      ['2', 'deux@exemple.test'],
      ['3', ''],
    ]);
  });

  test('a line whose reference is missing is rejected in French, and waits for it', async () => {
    const actor = await newGarden('references');
    const { report } = await take(actor, [subscriptions]);
    expect(report.accepted.subscriptions).toBe(0);
    expect(report.rejected.map(({ line }) => line)).toEqual([2, 3]);
    expect(report.rejected[0]!.reason).toContain("aucun client n'a ce numéro");
    // Any order of the files will do in one run.
    expect((await take(actor, [requests, subscriptions, customers, products, depots, calendar, tours])).report.rejected).toEqual([]);
  });

  test('names are the same whatever their case and accents: nothing is doubled', async () => {
    const actor = await newGarden('casse');
    await take(actor, everything);
    const before = await all(actor);
    await take(actor, [
      csv('formules.csv', 'Panier;Prix TTC;TVA', 'SIMPLE;13,80;5,5 %'),
      csv('abonnements.csv', header, '1001;simple;hebdomadaire;1;1;01/01/2025;31/12/2025;13,80;à terme échu'),
    ]);
    expect(await all(actor)).toEqual(before);
  });

  test('a mandate reference belongs to one customer', async () => {
    const actor = await newGarden('rum');
    const columns = 'N°;Nom;IBAN;RUM;Mandat signé le';
    const iban = 'FR76 3000 6000 0112 3456 7890 189';
    await take(actor, [csv('clients.csv', columns, `1;Un;${iban};RUM-1 ;19/07/2020`)]);
    const { report } = await take(actor, [
      csv('clients.csv', columns, `2;Deux;${iban};RUM-1 ;19/07/2020`, `3;Trois;${iban};RUM-3;19/07/2020`),
    ]);
    expect(report.rejected).toEqual([{ file: 'clients.csv', line: 2, reason: "RUM « RUM-1  » : c'est déjà celle du client n° 1." }]);
    expect((await rowsOf(actor, 'mandate')).map(({ reference }) => reference)).toEqual(['RUM-1 ', 'RUM-3']);
  });

  test('a depot that changes tour takes its subscriptions and baskets along', async () => {
    const actor = await newGarden('demenagement');
    await take(actor, everything);
    const slot = (await rowsOf(actor, 'slot')).find(({ arrival, stop_order }) => arrival === null && stop_order === 2)!;
    const [tour] = (await rowsOf(actor, 'tour')).filter(({ code }) => code === 'VE');
    await take(actor, [csv('depots.csv', 'N°;Nom;Tournée', '1;Café du Marché;VE')]);
    expect(await rowsOf(actor, 'slot')).toHaveLength(3);
    expect((await rowsOf(actor, 'slot')).filter(({ tour_id }) => tour_id === tour!.id)).toHaveLength(2);
    expect((await rowsOf(actor, 'slot')).find(({ id }) => id === slot.id)).toMatchObject({ tour_id: slot.tour_id });
    const fridays = new Set((await rowsOf(actor, 'delivery')).filter(({ tour_id }) => tour_id === tour!.id).map(({ id }) => id));
    expect((await rowsOf(actor, 'basket')).every(({ delivery_id }) => fridays.has(delivery_id))).toBe(true);
  });

  test('a tour that has baskets keeps its days; one without takes its deliveries to the new day', async () => {
    const actor = await newGarden('jours');
    const thursday = (code: string) =>
      csv('tournees.csv', 'Code;Libellé;Jour de préparation;Jour de livraison', `${code};Autre;mercredi;jeudi`);
    await take(actor, [tours, depots, products, customers, csv('a.csv', header, '1001;Simple;hebdomadaire;1;1;01/01/2025;31/12/2025;;')]);
    const refused = await take(actor, [thursday('ME')]);
    expect(refused.report.rejected).toMatchObject([{ line: 2, reason: expect.stringContaining('déjà des paniers') }]);
    expect((await take(actor, [thursday('VE')])).report.rejected).toEqual([]);
    const [tour] = (await rowsOf(actor, 'tour')).filter(({ code }) => code === 'VE');
    const week43 = (await rowsOf(actor, 'delivery')).find(({ tour_id, week }) => tour_id === tour!.id && week === 43);
    expect(week43).toMatchObject({ usual_date: '2025-10-23', date: '2025-10-23' });
  });

  test('a subscription that changed is changed, not added', async () => {
    const actor = await newGarden('changement');
    await take(actor, everything);
    await take(actor, [csv('abonnements.csv', header, '1001;Simple;semaines impaires;3;2;01/01/2025;30/06/2025;12,00;carnet de 12')]);
    const held = await rowsOf(actor, 'subscription');
    expect(held).toHaveLength(2);
    expect(held[0]).toMatchObject({
      frequency: 'odd_weeks',
      quantity: 3,
      price_cents: 1200,
      ends_on: '2025-06-30',
      billing_mode: 'pack',
      billing_count: 12,
    });
    // The other one had no price in its file: the product's own.
    expect(held[1]).toMatchObject({ price_cents: 1380 });
  });

  test('a request goes to the subscription that has a basket that week', async () => {
    const actor = await newGarden('demandes');
    const two = csv(
      'abonnements.csv',
      header,
      '1003;Simple;semaines paires;1;1;01/01/2025;31/12/2025;;',
      '1003;Simple;semaines impaires;1;2;01/01/2025;30/06/2025;;',
    );
    await take(actor, [tours, depots, products, customers, two]);
    const asked = csv(
      'absences.csv',
      'N° adhérent;Panier;Semaine;Demande',
      '1003;Simple;20;annulation',
      '1003;Simple;21;annulation',
      '1003;Simple;41;annulation',
    );
    const { report } = await take(actor, [asked]);
    expect(report.rejected).toMatchObject([{ line: 4, reason: expect.stringContaining('aucun n’a de panier'.replace('’', "'")) }]);
    const held = await rowsOf(actor, 'subscription');
    const of = (frequency: string) => held.find((row) => row.frequency === frequency)!.id;
    expect((await rowsOf(actor, 'request')).map(({ subscription_id, week }) => [subscription_id, week]).sort()).toEqual(
      [
        [of('even_weeks'), 20],
        [of('odd_weeks'), 21],
      ].sort(),
    );
  });

  test('a request without effect is taken, with a remark', async () => {
    const actor = await newGarden('remarques');
    const asked = csv(
      'absences.csv',
      'N° adhérent;Panier;Semaine;Demande;Reporté en semaine',
      '1002;Simple;21;annulation;',
      '1001;Simple;3;report;1',
    );
    const { report, remarks } = await take(actor, [...everything.slice(0, 6), asked]);
    expect(report.rejected).toEqual([]);
    expect(remarks).toEqual([
      { file: 'absences.csv', line: 2, text: expect.stringContaining('Aucun panier') },
      { file: 'absences.csv', line: 3, text: expect.stringContaining('Aucune livraison') },
    ]);
  });

  test('weeks that were served stay as they are', async () => {
    const actor = await newGarden('figees');
    await take(actor, everything);
    const late = csv(
      'calendrier.csv',
      'Année;Semaine;Tournée;Date de livraison;Remarque',
      '2025;10;;;fermeture',
      '2025;30;;;fermeture',
      '2026;3;;;fermeture',
    );
    const { report } = await take(actor, [late], { today: '2025-05-01' });
    expect(report.rejected).toEqual([
      { file: 'calendrier.csv', line: 2, reason: expect.stringContaining('passée ou déjà préparée') },
      { file: 'calendrier.csv', line: 4, reason: expect.stringContaining("La saison 2026 n'est pas encore ouverte") },
    ]);
    expect(
      (await rowsOf(actor, 'delivery'))
        .filter(({ closed }) => closed)
        .map(({ week }) => week)
        .sort(),
    ).toEqual([1, 1, 30, 30]);
  });
});

describe('undo', () => {
  test('puts the whole garden back, step by step', async () => {
    const actor = await newGarden('retour');
    const empty = await all(actor);
    const first = await take(actor, everything);
    const middle = await all(actor);
    const second = await take(actor, [
      csv('depots.csv', 'N°;Nom;Ville;Tournée;Ordre;Mot de passe', '1;Café des Halles;Épinal;VE;7;ouvre-toi', '9;Neuf;Épinal;ME;8;'),
      csv('formules.csv', 'Panier;Prix TTC;TVA', 'Simple;14,20;5,5 %', 'Fruité;9,00;5,5 %'),
      csv('calendrier.csv', 'Année;Semaine;Tournée;Date de livraison', '2025;19;ME;08/05/2025', '2025;33;;'),
      csv(
        'clients.csv',
        'N°;Nom;Adhésion du;au;Montant adhésion;Solde',
        '1001;Lamy-Dupont;01/01/2025;30/06/2025;15,00;99,00',
        '2000;Neuf;;;;',
      ),
      csv(
        'abonnements.csv',
        header,
        '1001;Simple;semaines paires;4;9;01/01/2025;31/12/2025;;',
        '2000;Fruité;hebdomadaire;1;9;01/03/2025;31/12/2025;;',
      ),
      csv(
        'absences.csv',
        'N° adhérent;Panier;Semaine;Demande;Reporté en semaine',
        '1002;Simple;22;report;24',
        '1001;Simple;26;annulation;',
      ),
    ]);
    expect(second.report.rejected).toEqual([]);
    expect(await all(actor)).not.toEqual(middle);

    expect(await undoImport(actor, first.batchId, day)).toMatchObject({ ok: false, reason: expect.stringContaining("Annulez cette opération-là d’abord") });
    expect(await undoImport(actor, second.batchId, day)).toEqual({ ok: true, value: null });
    expect(await all(actor)).toEqual(middle);
    expect(await undoImport(actor, second.batchId, day)).toEqual({ ok: true, value: null });
    expect(await undoImport(actor, first.batchId, day)).toEqual({ ok: true, value: null });
    expect(await all(actor)).toEqual(empty);
    expect((await listBatches(actor)).rows.map(({ state }) => state)).toEqual(['undone', 'undone']);
    expect(await applyImport(actor, first.batchId, day)).toMatchObject({ ok: false });
  });

  test('history of a mid-season import goes too', async () => {
    const actor = await newGarden('retour-ete');
    const empty = await all(actor);
    const summer = { today: '2025-06-15' };
    const { batchId } = await take(actor, everything, summer);
    expect(await baskets(actor)).toBeGreaterThan(60);
    expect(await undoImport(actor, batchId, summer)).toEqual({ ok: true, value: null });
    expect(await all(actor)).toEqual(empty);
  });

  const dependents: [string, (tx: Tx, garden_id: number) => Promise<unknown>, string][] = [
    [
      'a row that it added was changed',
      (tx) => tx.updateTable('customer').set({ phone: '01 02 03 04 05' }).where('number', '=', '1003').execute(),
      'clients (1)',
    ],
    [
      'another row points to it',
      async (tx, garden_id) => {
        const { id } = await tx.selectFrom('subscription').select('id').orderBy('id').executeTakeFirstOrThrow();
        await tx
          .insertInto('request')
          .values({ garden_id, subscription_id: id, kind: 'cancel', year: 2025, week: 30 } as never)
          .execute();
        await planBaskets(tx, garden_id, day);
      },
      'Des demandes enregistrées depuis',
    ],
  ];
  test.each(dependents)('is refused when %s, and changes nothing', async (name, change, reason) => {
    const actor = await newGarden(name.length % 2 ? 'tenu-un' : 'tenu-deux');
    const { batchId } = await take(actor, everything);
    await inGarden(actor, (tx) => change(tx, actor.gardenId));
    const before = await all(actor);
    expect(await undoImport(actor, batchId, day)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    expect(await all(actor)).toEqual(before);
    expect((await batchDetails(actor, batchId))?.state).toBe('applied');
  });

  test('is refused once baskets were served', async () => {
    const actor = await newGarden('servi');
    const { batchId } = await take(actor, everything);
    expect(await undoImport(actor, batchId, { today: '2025-03-01' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('déjà été préparés'),
    });
  });
});

test('other gardens are untouched, and see nothing', async () => {
  const neighbour = await newGarden('voisin');
  await take(neighbour, everything);
  const actor = await newGarden('chez-soi');
  const before = await contents(database.ownerUrl(), actor.gardenId, 'others');
  const { batchId } = await take(actor, everything);
  await undoImport(actor, batchId, day);
  expect(await contents(database.ownerUrl(), actor.gardenId, 'others')).toEqual(before);
  expect(await batchDetails(neighbour, batchId)).toBeNull();
  expect(await undoImport(neighbour, batchId, day)).toMatchObject({ ok: false });
});

test('nobody imports without the right', async () => {
  const actor = await newGarden('droits');
  const reader = actorOf(actor.gardenId, 'somebody', ['imports:read']);
  await expect(async () => proposeImport(reader, { files: [customers], year: 2025 }, day)).rejects.toThrow(AccessDenied);
  await expect(async () => undoImport(reader, 1, day)).rejects.toThrow(AccessDenied);
  expect((await listBatches(reader)).rows).toEqual([]);
});
