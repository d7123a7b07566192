import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { systemNetwork } from '../../src/domains/network/actor.ts';
import {
  mapGardens,
  mapPlaces,
  mapRecord,
  networkSite,
  placesSeen,
  publicPlaces,
  saveMapRecord,
  saveNetworkSite,
  tellNetwork,
  tellNetworkOfAll,
} from '../../src/domains/site/index.server.ts';
import { networkTextsOf } from '../../src/domains/site/rules/network-texts.ts';
import { type Actor, systemActor } from '../../src/platform/access/actor.ts';
import { visitorOf } from '../../src/platform/access/own.ts';
import { database } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { smallGarden, today } from './logistics.garden.ts';

useDatabase();
let here: Actor;
let there: Actor;
beforeAll(async () => {
  here = systemActor((await smallGarden('ici')).gardenId);
  there = systemActor((await smallGarden('la-bas')).gardenId);
});

const open = (actor: Actor) =>
  inGarden(actor, (tx) => tx.insertInto('site').values({ garden_id: actor.gardenId, published_at: new Date() }).execute());
const close = (actor: Actor) => inGarden(actor, (tx) => tx.deleteFrom('site').execute());

test('what everybody may know of places of collection: no password, no contact, nothing of firms', async () => {
  const places = await publicPlaces(visitorOf(here.gardenId, 'logistics:read'), today);
  expect(places.map(({ name, state }) => [name, state])).toEqual([
    ['École', 'reserved'],
    ['Mairie', 'open'],
  ]);
  expect(JSON.stringify(places)).not.toMatch(/SECRET43|Anne|Luc|Ferme/);
  expect(places[1]).toMatchObject({
    city: 'Épinal',
    latitude: 48.1,
    longitude: 6.4,
    times: [{ weekday: 3, pickup: '16h-19h', next: '2025-10-22' }],
    closings: [],
  });
  expect(places[0]).toMatchObject({ mention: 'passer par la cour', feeCents: 50, latitude: null });
  await expect(publicPlaces(visitorOf(here.gardenId, 'catalogue:read'), today)).rejects.toThrow('Right missing');
});

test('a full place says so, one that is closed for a while says when', async () => {
  const visitor = visitorOf(here.gardenId, 'logistics:read');
  await inGarden(here, async (tx) => {
    await sql`update slot set capacity = 2 where depot_id = (select id from depot where name = 'Mairie')`.execute(tx);
    await sql`insert into slot_closing (garden_id, slot_id, from_on, until_on, reason)
      select garden_id, id, '2025-11-03', '2025-11-09', 'Travaux' from slot where depot_id = (select id from depot where name = 'Mairie')`.execute(
      tx,
    );
  });
  const [, mairie] = await publicPlaces(visitor, today);
  expect(mairie).toMatchObject({ state: 'full', closings: [{ from: '2025-11-03', until: '2025-11-09', reason: 'Travaux' }] });
  await inGarden(here, (tx) =>
    sql`update slot set capacity = 40 where depot_id = (select id from depot where name = 'Mairie')`.execute(tx),
  );
  expect((await publicPlaces(visitor, today))[1]!.state).toBe('open');
});

test('the same number of queries whatever the number of places', async () => {
  const visitor = visitorOf(here.gardenId, 'logistics:read');
  expect((await countingQueries(() => publicPlaces(visitor, today))).queries.length).toBeLessThanOrEqual(8);
});

test('the map shows who opened its pages, and no one else', async () => {
  await tellNetworkOfAll(today, (garden, error) => {
    throw new Error(`${garden}`, { cause: error });
  });
  expect(await mapGardens()).toEqual([]);
  expect(await mapPlaces()).toEqual([]);
  await open(here);
  await tellNetwork(here, today);
  expect(
    (await mapGardens()).map(({ slug, places, openPlaces, solidarity, activities }) => ({
      slug,
      places,
      openPlaces,
      solidarity,
      activities,
    })),
  ).toEqual([{ slug: 'ici', places: 2, openPlaces: 1, solidarity: false, activities: ['baskets'] }]);
  // A place without coordinates is in the garden's list, not on the map.
  expect((await mapPlaces()).map(({ name, state, times }) => [name, state, times])).toEqual([['Mairie', 'open', 'Mercredi 16h-19h']]);
  await close(here);
  await tellNetwork(here, today);
  expect(await mapGardens()).toEqual([]);
  expect(await mapPlaces()).toEqual([]);
});

test('a garden writes its own lines alone, and reads of others what is published', async () => {
  await open(here);
  await tellNetworkOfAll(today, () => {});
  const seen = await inGarden(there, (tx) => tx.selectFrom('public_garden').select('garden_id').orderBy('garden_id').execute());
  expect(seen.map(({ garden_id }) => garden_id)).toEqual([here.gardenId, there.gardenId]);
  const unseen = await inGarden(here, (tx) => tx.selectFrom('public_place').select('garden_id').distinct().execute());
  expect(unseen).toEqual([{ garden_id: here.gardenId }]);
  const changed = await inGarden(there, async (tx) => {
    const garden = await sql`update public_garden set tagline = 'pris' where garden_id = ${here.gardenId}`.execute(tx);
    const place = await sql`update public_place set name = 'pris' where garden_id = ${here.gardenId}`.execute(tx);
    const gone = await sql`delete from public_place where garden_id = ${here.gardenId}`.execute(tx);
    return [garden, place, gone].map(({ numAffectedRows }) => Number(numAffectedRows));
  });
  expect(changed).toEqual([0, 0, 0]);
  await expect(
    inGarden(there, (tx) => sql`insert into public_garden (garden_id) values (${here.gardenId}) on conflict do nothing`.execute(tx)),
  ).rejects.toThrow(/row-level security/);
  // Outside of any garden nothing can be written at all.
  const outside = await sql`update public_garden set tagline = 'pris'`.execute(database());
  expect(Number(outside.numAffectedRows)).toBe(0);
});

test('a place that is no more leaves the map; told again, nothing is written', async () => {
  const version = () => inGarden(here, async (tx) => (await sql<{ x: string }>`select xmin::text as x from public_place`.execute(tx)).rows);
  const before = await version();
  await tellNetwork(here, today);
  expect(await version()).toEqual(before);
  await inGarden(here, (tx) => sql`update depot set archived_at = now() where name = 'Mairie'`.execute(tx));
  await tellNetwork(here, today);
  expect(await version()).toEqual([]);
  await inGarden(here, (tx) => sql`update depot set archived_at = null where name = 'Mairie'`.execute(tx));
});

test('what a garden lets the map say is on the map at once; two people lose nothing', async () => {
  const { version, facts } = await mapRecord(here, today);
  // Nobody said where it is: the middle of its town, which it has not written either.
  expect(facts.garden).toMatchObject({ latitude: null, from_cents: 1380 });
  await inGarden(here, (tx) => sql`update garden set postcode = '88000', city = 'Épinal' where id = ${here.gardenId}`.execute(tx));
  expect(await saveMapRecord(here, { version, activities: ['baskets', 'shop'], solidarityBaskets: true }, today)).toEqual({
    ok: true,
    value: null,
  });
  const [garden] = await mapGardens();
  expect(garden).toMatchObject({ slug: 'ici', activities: ['baskets', 'shop'], solidarity: true });
  expect(garden!.latitude).toBeCloseTo(48.18, 1);
  const late = await saveMapRecord(here, { version, activities: ['eggs'], solidarityBaskets: true }, today);
  expect(late).toMatchObject({
    ok: false,
    fields: { activities: 'Maintenant enregistré : « Paniers de légumes, Vente au jardin ou au marché ».' },
  });
  await expect(
    saveMapRecord(visitorOf(here.gardenId, 'site:read'), { version: 2, activities: [], solidarityBaskets: false }, today),
  ).rejects.toThrow('Right missing');
});

test('who changes public pages needs no right on tours', async () => {
  const { version } = await mapRecord(visitorOf(here.gardenId, 'site:change'), today);
  expect(
    await saveMapRecord(visitorOf(here.gardenId, 'site:change'), { version, activities: ['baskets'], solidarityBaskets: false }, today),
  ).toMatchObject({ ok: true });
});

test('texts of the network: written by its head office, two people at once told, emptied ones go back to the house', async () => {
  const house = networkTextsOf({});
  expect(await networkSite()).toMatchObject({ texts: house, written: [], version: 0 });
  expect(await saveNetworkSite(systemNetwork, { ...house, title: 'Nos jardins', version: 0 })).toMatchObject({ ok: true });
  expect(await networkSite()).toMatchObject({ texts: { ...house, title: 'Nos jardins' }, written: ['title'], version: 1 });
  const late = await saveNetworkSite(systemNetwork, { ...house, title: 'Autre chose', version: 0 });
  expect(late).toMatchObject({ ok: false, fields: { title: 'Maintenant enregistré : « Nos jardins ».' } });
  expect(await saveNetworkSite(systemNetwork, { ...house, title: '', version: 1 })).toMatchObject({ ok: true });
  expect(await networkSite()).toMatchObject({ texts: house, written: [], version: 2 });
  await expect(saveNetworkSite({ userId: 'x', networkStaff: false }, { ...house, version: 2 })).rejects.toThrow('Right missing');
});

test('visitors at the same moment are answered by one reading, each garden by its own', async () => {
  const at = (actor: Actor) => visitorOf(actor.gardenId, 'logistics:read');
  const { queries, result } = await countingQueries(() => Promise.all(Array.from({ length: 20 }, () => placesSeen(at(here), today))));
  expect(queries.length).toBeLessThanOrEqual(8);
  expect(new Set(result).size).toBe(1);
  const other = await placesSeen(at(there), today);
  expect(other.map(({ id }) => id)).not.toEqual(result[0]!.map(({ id }) => id));
  expect(() => placesSeen(visitorOf(here.gardenId, 'catalogue:read'), today)).toThrow('Right missing');
});
