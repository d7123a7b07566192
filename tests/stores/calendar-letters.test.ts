import { describe, expect, test } from 'vitest';
import { changeDeliveries, type DeliveryChange } from '../../src/domains/preparation/index.server.ts';
import { countingQueries } from '../queries.ts';
import { closing, deliveryOf, garden, places, plan, rows, subscribe, today, useCalendar } from './calendar.garden.ts';
import { sow } from './customers.garden.ts';

/** Who is written to when the garden changes its calendar: whose baskets it touches, once, with all of theirs. */

useCalendar();

/** Somebody with a basket, whom letters reach. */
async function reader(firstName: string, said: Parameters<typeof subscribe>[0] = {}): Promise<number> {
  const subscription = await subscribe(said);
  await rows('update customer set first_name = $2, email = $3 where id = (select customer_id from subscription where id = $1)', [
    subscription,
    firstName,
    `${firstName.toLowerCase()}@exemple.test`,
  ]);
  return subscription;
}
const change = async (changes: DeliveryChange[], mode: 'preview' | 'apply' = 'apply', tell: { word: string } | null = { word: '' }) => {
  const done = await changeDeliveries(garden.marie, changes, { name: 'Essai', today, mode, ...(tell && { tell }) });
  if (!done.ok) throw new Error(done.reason);
  return done.value;
};
const letters = () =>
  rows<{ event: string; to: string; subject: string; body: string; state: string }>(
    'select event, to_address as "to", subject, body, state from message order by to_address, id',
  );
const jobs = async () => Number((await rows<{ n: string }>('select count(*) as n from graphile_worker._private_jobs'))[0]!.n);
const moving = async (week: number, date: string, tour = places.thursday): Promise<DeliveryChange> => {
  const { id, version } = await deliveryOf(week, tour);
  return { id, version, date, fate: null };
};

test('a delivery moved: those who have a basket in it, each once; who has no address is to be called; nobody else', async () => {
  await reader('Alix');
  await reader('Basile', { quantity: 2 });
  await subscribe();
  await reader('Chloé', { slot_id: places.stationSlot });
  await reader('Denis', { ends_on: '2026-03-31' });
  await plan();

  const before = await jobs();
  const seen = await change([await moving(20, '2026-05-15')], 'preview', { word: 'Foire' });
  expect(seen!.told).toMatchObject({ written: 2, toCall: [{ name: expect.stringMatching(/^Client \d+ Ada$/), email: '' }] });
  expect([await letters(), await jobs()]).toEqual([[], before]);

  const asked = [await moving(20, '2026-05-15')];
  const done = await change(asked, 'apply', { word: 'C’est *la foire*.\n\nMerci !' });
  expect(done!.told.written).toBe(2);
  expect((await letters()).map(({ event, to, subject, state }) => [event, to, subject, state])).toEqual([
    ['delivery_moved', '', 'Votre panier change de jour', 'unsent'],
    ['delivery_moved', 'alix@exemple.test', 'Votre panier change de jour', 'waiting'],
    ['delivery_moved', 'basile@exemple.test', 'Votre panier change de jour', 'waiting'],
  ]);
  const [, alix, basile] = await letters();
  expect(alix!.body).toContain('- vendredi 15 mai : 1 Simple à École, au lieu du jeudi 14 mai');
  expect(basile!.body).toContain('- vendredi 15 mai : 2 Simple à École, au lieu du jeudi 14 mai');
  // What the garden adds is read as it was typed.
  expect(alix!.body).toContain('C’est \\*la foire\\*.\n\nMerci !');
  expect(await jobs()).toBe(before + 2);

  // Sent twice: all stands so already.
  const again = await deliveryOf(20);
  expect(await change([{ ...asked[0]!, version: again.version }])).toBeNull();
  expect(await letters()).toHaveLength(3);
});

describe('a week that closes, and opens again', () => {
  test('each is told what becomes of her baskets', async () => {
    const alix = await reader('Alix');
    await reader('Basile', { slot_id: places.stationSlot });
    await plan();
    await change([await closing(20, 'make_up'), await closing(21, 'credit'), await closing(22, { year: 2026, week: 23 })]);
    const [letter, none] = await letters();
    expect(none).toBeUndefined();
    expect(letter).toMatchObject({ event: 'delivery_closed', subject: 'Pas de livraison certains jours', state: 'waiting' });
    expect(letter!.body.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- jeudi 14 mai : 1 Simple en moins, à rattraper un autre jour',
      '- jeudi 21 mai : 1 Simple en moins, qui n’est pas payé',
      '- jeudi 28 mai : 1 Simple en moins, reporté au jeudi 4 juin',
      '- jeudi 4 juin : 2 Simple au lieu de 1 Simple',
    ]);
    await rows('delete from message');

    const { id, version } = await deliveryOf(22);
    await change([{ id, version, closed: false, fate: null }]);
    const [back] = await letters();
    expect(back).toMatchObject({ event: 'delivery_reopened', subject: 'Finalement, le jardin livre le jeudi 28 mai' });
    expect(back!.body).toContain('- jeudi 28 mai : 1 Simple en plus, à École');
    expect(await rows('select 1 from basket where subscription_id = $1 and quantity = 2', [alix])).toEqual([]);
  });

  test('untold, nobody is written to; a remark alone touches nobody', async () => {
    await reader('Alix');
    await plan();
    const done = await change([await closing(20, null)], 'apply', null);
    expect(done!.customers).toHaveLength(1);
    expect(done!.told).toEqual({ written: 0, toCall: [] });
    const { id, version } = await deliveryOf(21);
    expect((await change([{ id, version, note: 'foire', fate: null }]))!.told).toEqual({ written: 0, toCall: [] });
    expect(await letters()).toEqual([]);
  });

  test('refused, nothing is written', async () => {
    await reader('Alix');
    await plan();
    const { id, version } = await deliveryOf(20);
    const tell = { word: '' };
    const late = await changeDeliveries(garden.marie, [{ id, version: version + 1, closed: true, fate: 'make_up' }], {
      ...{ name: 'Essai', today, mode: 'apply', tell },
    });
    expect(late.ok).toBe(false);
    expect(await letters()).toEqual([]);
  });
});

test('one delivery moved and another closed in one step: one letter each, with all of hers', async () => {
  const customer = await sow(garden, 'customer', { number: '77', last_name: 'Roux', first_name: 'Eva', email: 'eva@exemple.test' });
  await subscribe({ customer_id: customer } as object);
  await subscribe({ customer_id: customer, slot_id: places.stationSlot } as object);
  await plan();
  await change([await moving(20, '2026-05-15'), await closing(20, 'make_up', places.wednesday)]);
  const all = await letters();
  expect(all).toHaveLength(1);
  expect(all[0]).toMatchObject({ event: 'delivery_closed', to: 'eva@exemple.test', subject: 'Pas de livraison le mercredi 13 mai' });
  expect(all[0]!.body.split('\n').filter((line) => line.startsWith('- '))).toEqual([
    '- mercredi 13 mai : 1 Simple en moins, à rattraper un autre jour',
    '- vendredi 15 mai : 1 Simple à École, au lieu du jeudi 14 mai',
  ]);
});

test('as many statements for thirty customers as for two', async () => {
  const count = async () => (await countingQueries(async () => change([await moving(20, '2026-05-15')], 'preview'))).queries.length;
  await reader('Alix');
  await reader('Basile');
  await plan();
  const few = await count();
  for (let one = 0; one < 28; one++) await reader(`Autre${one}`);
  await plan();
  expect(await count()).toBe(few);
});
