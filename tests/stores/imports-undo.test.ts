import { describe, expect, test } from 'vitest';
import { applyImport, batchDetails, listBatches, undoImport } from '../../src/domains/imports/index.server.ts';
import { planBaskets } from '../../src/domains/subscriptions/index.server.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { csv, newGarden } from './imports.garden.ts';
import { day, everything, header, looking, take } from './imports.sample.ts';

const database = useDatabase();
const { all, baskets } = looking(database);

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

    expect(await undoImport(actor, first.batchId, day)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Annulez cette opération-là d’abord'),
    });
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
