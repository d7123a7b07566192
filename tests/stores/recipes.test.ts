import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  archiveRecipe,
  changeRecipe,
  copyShared,
  createRecipe,
  recipe,
  recipeChoices,
  recipeHistory,
  recipes,
  restoreRecipe,
  sharedRecipe,
  sharedRecipes,
  shareRecipe,
  takeBackRecipe,
} from '../../src/domains/composition/index.server.ts';
import { newRecipeForm, type RecipeValues } from '../../src/domains/composition/schema-recipes.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const database = useDatabase();
let here: TestGarden;
let there: TestGarden;
const produce: Record<string, number> = {};
beforeAll(async () => {
  here = await plantGarden(database.ownerUrl(), 'ici');
  there = await plantGarden(database.ownerUrl(), 'la-bas');
  for (const name of ['Carotte', 'Poireau', 'Pomme de terre']) produce[name] = await sow(here, 'produce', { name });
  for (const name of ['POIREAUX', 'Carotte']) await sow(there, 'produce', { name });
});
afterAll(() => Promise.all([here.owner.end(), there.owner.end()]));

const values = (more: Record<string, unknown> = {}): RecipeValues =>
  newRecipeForm.parse({
    name: 'Soupe',
    servings: '4',
    minutes: '40',
    ingredients: '3 carottes\n2 pommes de terre',
    body: 'Couper.\nCuire.',
    ...more,
  });
async function make(name: string, more: Record<string, unknown> = {}, garden = here): Promise<number> {
  const done = await createRecipe(garden.marie, values({ name, ...more }));
  if (!done.ok) throw new Error(done.reason);
  return done.value.id;
}
const namesOf = async (id: number, garden = here) => (await recipe(garden.marie, id))!.produce.map(({ name }) => name);

describe('the garden’s own recipes', () => {
  test('one is kept once; without vegetables chosen, those its ingredients name are taken', async () => {
    const id = await make('Soupe');
    expect(await make('Soupe')).toBe(id);
    expect(await namesOf(id)).toEqual(['Carotte', 'Pomme de terre']);
    expect(await namesOf(await make('Tarte', { produceIds: [String(produce.Poireau)] }))).toEqual(['Poireau']);
    expect(await createRecipe(here.marie, values({ minutes: '50' }))).toMatchObject({
      ok: false,
      fields: { name: expect.stringContaining('Soupe') },
    });
    // Vegetables of another garden are not taken.
    expect(await namesOf(await make('Rien', { ingredients: '', produceIds: [String(produce.Carotte)] }, there), there)).toEqual([]);
  });

  test('two people at once: the second is told what the first wrote; sent twice, it acts once', async () => {
    const id = await make('À deux');
    for (let twice = 0; twice < 2; twice++)
      expect(await changeRecipe(here.marie, id, 1, values({ name: 'À deux', minutes: '90' }))).toEqual({ ok: true, value: null });
    expect(await changeRecipe(here.paul, id, 1, values({ name: 'À deux', body: 'Mijoter.', produceIds: [produce.Poireau] }))).toMatchObject(
      {
        ok: false,
        fields: {
          minutes: expect.stringContaining('1 h 30'),
          body: expect.stringContaining('Couper'),
          produceIds: expect.stringContaining('Carotte'),
        },
      },
    );
    expect(await recipe(here.marie, id)).toMatchObject({ version: 2, minutes: 90 });
    expect(await changeRecipe(here.marie, id, 2, values({ name: 'Soupe' }))).toMatchObject({
      ok: false,
      fields: { name: expect.any(String) },
    });
    expect(await changeRecipe(here.marie, 999_999, 1, values())).toMatchObject({ ok: false });
  });

  test('searched by name, ingredient and vegetable; put away and taken out; the trail tells it', async () => {
    const id = await make('Gratin d’hiver', { ingredients: '1 kg de pommes de terre\nmuscade' });
    const found = async (asked: Parameters<typeof recipes>[1]) => (await recipes(here.marie, asked)).rows.map(({ name }) => name);
    expect(await found({ search: 'GRATIN' })).toEqual(['Gratin d’hiver']);
    expect(await found({ search: 'muscade pomme' })).toEqual(['Gratin d’hiver']);
    expect(await found({ produceId: produce.Poireau })).toEqual(['Tarte']);
    expect(await found({ search: '%' })).toEqual([]);
    for (let twice = 0; twice < 2; twice++) expect(await archiveRecipe(here.marie, id)).toEqual({ ok: true, value: null });
    expect(await found({ search: 'gratin' })).toEqual([]);
    expect(await found({ search: 'gratin', state: 'archived' })).toEqual(['Gratin d’hiver']);
    expect(await restoreRecipe(here.marie, id)).toEqual({ ok: true, value: null });
    const history = (await recipeHistory(here.marie, id))!;
    expect(history.entries.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['Recette : création', 'Recette : modification', 'Légume de la recette : création']),
    );
    expect(JSON.stringify(history.entries)).toContain('Pomme de terre');
    expect(await recipeHistory(there.marie, id)).toBeNull();
  });
});

describe('recipes shared with the network', () => {
  test('any garden reads them and copies them, with its own vegetables of the same names', async () => {
    const id = await make('Velouté', { ingredients: '2 poireaux\n1 carotte\n3 pommes de terre' });
    for (let twice = 0; twice < 2; twice++) expect(await shareRecipe(here.marie, id)).toEqual({ ok: true, value: null });
    const { rows, total } = await sharedRecipes(there.marie, { search: 'veloute' });
    expect([total, rows[0]]).toMatchObject([
      1,
      { gardenName: 'Jardin d’essai', mine: false, recipeId: null, produce: ['Carotte', 'Poireau', 'Pomme de terre'] },
    ]);
    const shared = rows[0]!.id;
    expect(await sharedRecipe(here.marie, shared)).toMatchObject({ mine: true, recipeId: id });
    expect((await sharedRecipes(here.marie, { others: true })).total).toBe(0);

    const copied = await copyShared(there.marie, shared);
    expect(copied).toMatchObject({ ok: true, value: { missing: ['Pomme de terre'] } });
    const own = copied.ok ? copied.value.id : 0;
    expect(await copyShared(there.marie, shared)).toEqual({ ok: true, value: { id: own, missing: [] } });
    expect(await recipe(there.marie, own)).toMatchObject({ name: 'Velouté', copiedFrom: 'Jardin d’essai', minutes: 40 });
    expect(await namesOf(own, there)).toEqual(['Carotte', 'POIREAUX']);
    expect(await copyShared(here.marie, shared)).toMatchObject({ ok: false });
    expect(await shareRecipe(there.marie, own)).toMatchObject({ ok: false });
    // A copy that was put away comes back.
    await archiveRecipe(there.marie, own);
    expect(await copyShared(there.marie, shared)).toMatchObject({ ok: true, value: { id: own } });
    expect((await recipe(there.marie, own))!.archived).toBe(false);

    // The giver’s changes are read by all; the copy stays as it was.
    const { version } = (await recipe(here.marie, id))!;
    await changeRecipe(here.marie, id, version, values({ name: 'Velouté vert', ingredients: '4 poireaux' }));
    expect(await sharedRecipe(there.marie, shared)).toMatchObject({ name: 'Velouté vert', produce: ['Poireau'] });
    expect(await recipe(there.marie, own)).toMatchObject({ name: 'Velouté', copiedFrom: 'Jardin d’essai' });

    // Taken back, nobody finds it any more; the copy stays.
    for (let twice = 0; twice < 2; twice++) expect(await takeBackRecipe(here.marie, id)).toEqual({ ok: true, value: null });
    expect(await sharedRecipe(there.marie, shared)).toBeNull();
    expect(await copyShared(there.marie, shared)).toMatchObject({ ok: false });
    expect(await recipe(there.marie, own)).toMatchObject({ name: 'Velouté', copiedFrom: '' });
  });

  test('a copy whose name is taken is told apart by its garden; putting a recipe away takes it back', async () => {
    const id = await make('Pot-au-feu');
    await make('Pot-au-feu', { body: 'À notre façon.' }, there);
    await shareRecipe(here.marie, id);
    const shared = (await recipe(here.marie, id))!.sharedId!;
    const copied = await copyShared(there.marie, shared);
    expect((await recipe(there.marie, copied.ok ? copied.value.id : 0))!.name).toBe('Pot-au-feu (Jardin d’essai)');
    await archiveRecipe(here.marie, id);
    expect(await sharedRecipe(there.marie, shared)).toBeNull();
    expect((await recipe(here.marie, id))!.sharedId).toBeNull();
  });

  test('the database lets nobody but the giver change a shared recipe, take it back, or give in another’s name', async () => {
    const id = await make('Gardée');
    await shareRecipe(here.marie, id);
    const shared = (await recipe(here.marie, id))!.sharedId!;
    const touched = await inGarden(there.marie, async (tx) => {
      const changed = await tx.updateTable('shared_recipe').set({ name: 'Volée' }).where('id', '=', shared).executeTakeFirst();
      const taken = await tx.updateTable('shared_recipe').set({ given_by: there.gardenId }).where('id', '=', shared).executeTakeFirst();
      const deleted = await tx.deleteFrom('shared_recipe').where('id', '=', shared).executeTakeFirst();
      return Number(changed.numUpdatedRows) + Number(taken.numUpdatedRows) + Number(deleted.numDeletedRows);
    });
    expect(touched).toBe(0);
    expect(await sharedRecipe(there.marie, shared)).toMatchObject({ name: 'Gardée', mine: false });
    const given = { garden_name: 'Autre', name: 'Fausse', body: '…', produce: [] };
    const forge = inGarden(there.marie, (tx) =>
      tx
        .insertInto('shared_recipe')
        .values({ ...given, given_by: here.gardenId })
        .execute(),
    );
    await expect(forge).rejects.toThrow(/row-level security/);
    const handOver = inGarden(here.marie, (tx) =>
      tx.updateTable('shared_recipe').set({ given_by: there.gardenId }).where('id', '=', shared).execute(),
    );
    await expect(handOver).rejects.toThrow(/row-level security/);
  });
});

describe('what it costs and who may', () => {
  test('a fixed number of queries, whatever the number of recipes', async () => {
    const queries = async (work: () => Promise<unknown>) => (await countingQueries(work)).queries.length;
    expect(await queries(() => recipes(here.marie))).toBe(1);
    expect(await queries(() => recipe(here.marie, 1))).toBe(1);
    expect(await queries(() => recipeChoices(here.marie))).toBe(1);
    expect(await queries(() => sharedRecipes(here.marie))).toBe(1);
    expect((await recipes(here.marie, { state: 'all', sort: 'recent', direction: 'desc', limit: 2, offset: 1 })).rows).toHaveLength(2);
  });

  test('each command asks for its right', () => {
    const reader = here.with('composition:read');
    const stranger = here.with('customers:change');
    for (const refused of [
      () => recipes(stranger),
      () => recipe(stranger, 1),
      () => sharedRecipes(stranger),
      () => createRecipe(reader, values()),
      () => changeRecipe(reader, 1, 1, values()),
      () => archiveRecipe(reader, 1),
      () => restoreRecipe(reader, 1),
      () => shareRecipe(reader, 1),
      () => takeBackRecipe(reader, 1),
      () => copyShared(reader, 1),
    ])
      expect(refused).toThrow(AccessDenied);
  });
});
