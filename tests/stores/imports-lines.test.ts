import { describe, expect, test } from 'vitest';
import { applyImport, batchDetails, rejectsOf } from '../../src/domains/imports/index.server.ts';
import { useDatabase } from '../database.ts';
import { csv, newGarden } from './imports.garden.ts';
import {
  calendar,
  customers,
  day,
  depots,
  everything,
  header,
  looking,
  products,
  propose,
  requests,
  subscriptions,
  take,
  tours,
} from './imports.sample.ts';

const database = useDatabase();
const { all, rowsOf } = looking(database);

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
    expect(report.rejected[0]!.reason).toContain('aucun client n’a ce numéro');
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
    expect(report.rejected).toEqual([{ file: 'clients.csv', line: 2, reason: 'RUM « RUM-1  » : c’est déjà celle du client n° 1.' }]);
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
    expect(report.rejected).toMatchObject([{ line: 4, reason: expect.stringContaining('aucun n’a de panier') }]);
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
      { file: 'calendrier.csv', line: 4, reason: expect.stringContaining('La saison 2026 n’est pas encore ouverte') },
    ]);
    expect(
      (await rowsOf(actor, 'delivery'))
        .filter(({ closed }) => closed)
        .map(({ week }) => week)
        .sort(),
    ).toEqual([1, 1, 30, 30]);
  });
});
