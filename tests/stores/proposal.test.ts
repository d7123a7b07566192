import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleAsk } from '../../bench/proposal-ask.ts';
import {
  type Accepted,
  acceptProposal,
  addPair,
  loadCompositions,
  type Proposal,
  proposalPage,
  propose,
  removePair,
  writeComposition,
} from '../../src/domains/composition/index.server.ts';
import { findBaskets } from '../../src/domains/composition/server/proposal-thread.ts';
import type { ProposalCriteria } from '../../src/domains/gardens/settings-proposal.ts';
import { listOperations, undoBatch } from '../../src/domains/subscriptions/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { type CompositionGarden, line, sowComposition, wednesday } from './composition.garden.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const { ownerUrl } = useDatabase();
const lastWeek = '2025-10-15';
let garden: TestGarden;
let ids: CompositionGarden;
beforeAll(async () => {
  garden = await plantGarden(ownerUrl());
  ids = await sowComposition(garden);
  await sow(garden, 'delivery', { tour_id: ids.wednesday, year: 2025, week: 42, usual_date: lastWeek, date: lastWeek });
  await write(null, [line(ids, 'Carotte'), line(ids, 'Poireau'), line(ids, 'Chou-fleur')], lastWeek);
  const offer = (name: string, available: number | null, more = {}) =>
    sow(garden, 'harvest', { day: wednesday, produce_id: ids.produce.get(name), available, ...more });
  for (const name of ['Carotte', 'Chou brocoli', 'Poireau', 'Tomate ronde']) await offer(name, 4000);
  await offer('Chou-fleur', 5000);
  await offer('Salade batavia blonde', 4000, { must_have: true });
  await offer('Épinard', 2000, { use_up: true });
  await offer('Chou-rave vert', null, { use_up: true });
  await garden.owner.query('update product set target_departure_cents = 1693 where id = $1', [ids.family]);
});
afterAll(() => garden.owner.end());

const write = (tourId: number | null, lines: ReturnType<typeof line>[], day = wednesday) =>
  inGarden(garden.marie, (tx) => writeComposition(tx, garden.gardenId, { productId: ids.simple, day, tourId, lines }));
const stored = () => inGarden(garden.marie, (tx) => loadCompositions(tx, wednesday));
const page = () => proposalPage(garden.marie, wednesday);
/** Of every basket of the day, whatever was asked last. */
const criteria = async (more: Partial<ProposalCriteria> = {}): Promise<ProposalCriteria> => {
  const { criteria: last } = await page();
  const sizes = Object.fromEntries(Object.entries(last.sizes).map(([id, one]) => [id, { ...one, included: true }]));
  return { ...last, sizes, ...more };
};
const asked = async (more: Partial<ProposalCriteria> = {}, locks: Parameters<typeof propose>[3] = []): Promise<Proposal> => {
  const answer = await propose(garden.marie, wednesday, await criteria(more), locks, { seconds: 2 });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
};
const accepted = ({ answers, stored: versions }: Proposal): Accepted => ({
  tours: answers.map(({ tourId, sizes }) => ({
    tourId,
    sizes: sizes.map(({ productId, lines }) => ({ productId, lines: lines.map((one) => ({ ...one, locked: false })) })),
  })),
  stored: versions,
});
const content = async () =>
  (await stored()).map(({ productId, tourId, lines }) => ({
    productId,
    tourId,
    lines: lines.map(({ produceId, quantity }) => `${produceId}:${quantity}`),
  }));

describe('before anything is proposed', () => {
  test('criteria begin with what the basket was: three kinds last week, 1,7 kg', async () => {
    const { criteria: first, leftOut, given } = await page();
    expect(given.counts.map(({ tourId, productId, baskets }) => [tourId, productId, baskets])).toEqual([
      [ids.wednesday, ids.simple, 2],
      [ids.wednesday, ids.family, 1],
      [ids.second, ids.simple, 1],
    ]);
    // Carrots 500 g, leeks 400 g, a cauliflower of 800 g: 1700 g, give or take a fifth.
    expect(first.sizes[ids.simple]).toMatchObject({
      kindsLeast: 2,
      kindsMost: 4,
      weightLeast: 1400,
      weightMost: 2000,
      categories: ['vegetable'],
    });
    expect(leftOut).toEqual([{ name: 'Chou-rave vert', why: 'no quantity' }]);
  });

  test('a fixed number of queries', async () => {
    const { queries } = await countingQueries(page);
    expect(queries).toHaveLength(8);
  });

  test('reading rights are not enough', () => {
    const reader = { ...garden.marie, rights: new Set(['composition:read'] as const) };
    expect(() => proposalPage(reader, wednesday)).toThrow(AccessDenied);
  });
});

describe('a proposal', () => {
  test('holds to what there is, has its must-have, and is told what it is worth', async () => {
    const { answers, judgement, fallback } = await asked();
    expect(fallback).toBeNull();
    expect(answers.map(({ tourId, by }) => [tourId, by])).toEqual([[null, 'solver']]);
    const salad = ids.produce.get('Salade batavia blonde')!;
    for (const { lines } of answers[0]!.sizes) expect(lines.map(({ produceId }) => produceId)).toContain(salad);
    for (const { left } of judgement.remainders) expect(left).toBeGreaterThanOrEqual(0);
    expect(judgement.tours[0]!.proof).not.toBe('unproved');
    expect(judgement.tours[0]!.sizes.find(({ productId }) => productId === ids.simple)!.baskets).toBe(3);
  });

  test('tour by tour, with what is locked; criteria are kept for the next time', async () => {
    const lock = { tourId: ids.second, productId: ids.simple, produceId: ids.produce.get('Chou-rave vert')!, quantity: 2000 };
    const { answers } = await asked({ perTour: true, familyMost: 3 }, [lock]);
    expect(answers.map(({ tourId }) => tourId)).toEqual([ids.wednesday, ids.second]);
    expect(answers[1]!.sizes[0]!.lines).toContainEqual({ produceId: lock.produceId, quantity: 2000 });
    expect((await page()).criteria).toMatchObject({ perTour: true, familyMost: 3 });
  });

  test('a forbidden pair is kept apart, until it is allowed again', async () => {
    const [salad, carrot] = [ids.produce.get('Salade batavia blonde')!, ids.produce.get('Carotte')!];
    for (const _ of ['once', 'twice']) expect((await addPair(garden.marie, salad, carrot)).ok).toBe(true);
    expect((await addPair(garden.marie, salad, salad)).ok).toBe(false);
    const { answers } = await asked({ perTour: false });
    for (const { lines } of answers[0]!.sizes) expect(lines.map(({ produceId }) => produceId)).not.toContain(carrot);
    const { pairs } = (await page()).given;
    expect(pairs).toHaveLength(1);
    for (const _ of ['once', 'twice']) expect((await removePair(garden.marie, pairs[0]!.id)).ok).toBe(true);
    expect((await page()).given.pairs).toEqual([]);
  });

  test('a product that is left out keeps what it holds, and the others have the rest', async () => {
    await write(null, [line(ids, 'Salade batavia blonde', '1'), line(ids, 'Épinard', '0,5')]);
    const { sizes } = await criteria();
    const without = { ...sizes, [ids.simple]: { ...sizes[ids.simple]!, included: false } };
    const { judgement } = await asked({ sizes: without });
    // 4 salads less the 3 of simple baskets; 2 kg of spinach less 1,5.
    const of = (name: string) => judgement.remainders.find(({ produceId }) => produceId === ids.produce.get(name)!)!.available;
    expect([of('Salade batavia blonde'), of('Épinard')]).toEqual([1000, 500]);
    await inGarden(garden.marie, (tx) =>
      writeComposition(tx, garden.gardenId, { productId: ids.simple, day: wednesday, tourId: null, lines: [] }),
    );
  });

  test('is refused when nothing is asked, or nothing is there', async () => {
    expect(await propose(garden.marie, wednesday, await criteria({ sizes: {} }), [])).toMatchObject({ ok: false });
    // Whatever is asked of some baskets, what was asked of the others is kept.
    expect((await page()).criteria.sizes[ids.simple]).toMatchObject({ included: false });
    const nothing = await propose(garden.marie, lastWeek, await criteria(), []);
    expect(nothing).toMatchObject({ ok: false });
  });

  test('one at a time: the same question waits for the same answer, another is refused', async () => {
    const same = await criteria();
    const [first, again, other] = await Promise.all([
      propose(garden.marie, wednesday, same, [], { seconds: 2 }),
      propose(garden.marie, wednesday, same, [], { seconds: 2 }),
      criteria({ familyMost: 7 }).then((different) => propose(garden.marie, wednesday, different, [], { seconds: 2 })),
    ]);
    expect(first).toEqual(again);
    expect(other).toMatchObject({ ok: false, reason: expect.stringContaining('en cours de calcul') });
  });
});

describe('accepted', () => {
  test('it is written in one step, once; undone, everything is as before', async () => {
    await write(null, [line(ids, 'Carotte', '0,7'), line(ids, 'Tomate ronde')]);
    await write(ids.second, [line(ids, 'Poireau', '0,3')]);
    const before = await content();
    const proposal = await asked({ perTour: false });
    const first = await acceptProposal(garden.marie, wednesday, accepted(proposal), wednesday);
    expect(first).toMatchObject({ ok: true, value: { batchId: expect.any(Number) } });
    expect(await acceptProposal(garden.marie, wednesday, accepted(proposal), wednesday)).toEqual({ ok: true, value: { batchId: null } });
    const now = await content();
    expect(now.map(({ tourId }) => tourId)).toEqual([null, null]);
    for (const { productId, lines } of proposal.answers[0]!.sizes)
      expect(now.find((one) => one.productId === productId)!.lines.toSorted()).toEqual(
        lines.map(({ produceId, quantity }) => `${produceId}:${quantity}`).sort(),
      );
    const { rows } = await listOperations(garden.marie);
    expect(rows[0]).toMatchObject({ kind: 'composition', said: '2 compositions écrites.', mayUndo: true });
    const versions = (await stored()).map(({ version }) => version);
    expect(await undoBatch(garden.marie, rows[0]!.id, wednesday)).toMatchObject({ ok: true });
    expect(await content()).toEqual(before);
    expect((await stored())[0]!.version).toBeGreaterThan(versions[0]!);
  });

  test('it is refused when somebody changed the day meanwhile', async () => {
    const proposal = await asked();
    await write(null, [line(ids, 'Carotte', '0,9')]);
    const late = await acceptProposal(garden.marie, wednesday, accepted(proposal), wednesday);
    expect(late).toMatchObject({ ok: false, reason: expect.stringContaining('ont changé depuis') });
  });

  test('it is not undone over what was changed by hand since', async () => {
    const proposal = await asked({ perTour: false });
    const done = await acceptProposal(garden.marie, wednesday, accepted(proposal), wednesday);
    if (!done.ok) throw new Error(done.reason);
    await write(null, [line(ids, 'Carotte', '0,25')]);
    expect(await undoBatch(garden.marie, done.value.batchId!, wednesday)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('modifié depuis'),
    });
  });

  test('baskets and produce that are not of that day are refused', async () => {
    const proposal = await asked({ perTour: false });
    const { tours, stored: versions } = accepted(proposal);
    const foreign = (change: Partial<Accepted['tours'][number]['sizes'][number]>) => ({
      stored: versions,
      tours: tours.map((tour) => ({ ...tour, sizes: tour.sizes.map((size) => ({ ...size, ...change })) })),
    });
    for (const change of [{ productId: 999_999 }, { lines: [{ produceId: 999_999, quantity: 1000, locked: false }] }])
      expect(await acceptProposal(garden.marie, wednesday, foreign(change), wednesday)).toMatchObject({ ok: false });
  });
});

describe('the thread', () => {
  const file = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

  test('that fails leaves all to our own means', async () => {
    const { answers, fallback } = await findBaskets(sampleAsk(1), { seconds: 1, worker: file('throw new Error("no solver")') });
    expect(fallback).toBe('failed');
    expect(answers.map(({ by }) => by)).toEqual(Array(5).fill('greedy'));
  });

  test('that is missing too', async () => {
    const { fallback } = await findBaskets(sampleAsk(1), { seconds: 1, worker: pathToFileURL('/nowhere/solver.ts') });
    expect(fallback).toBe('failed');
  });

  test('that is late is stopped, and what it had answered counts; the server goes on meanwhile', async () => {
    const ask = sampleAsk(2);
    const { answers } = await findBaskets(ask, { seconds: 0.1, worker: file('throw new Error()') });
    const first = { ...answers[0]!, by: 'solver', bound: 0 };
    const stuck = `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(${JSON.stringify(first)}); for (;;);`;
    let beats = 0;
    const beat = setInterval(() => {
      beats += 1;
    }, 10);
    const { answers: found, fallback } = await findBaskets(ask, { seconds: 0.1, worker: file(stuck) });
    clearInterval(beat);
    expect(fallback).toBe('late');
    expect(found.map(({ by }) => by)).toEqual(['solver', 'greedy', 'greedy', 'greedy', 'greedy']);
    expect(beats).toBeGreaterThan(0);
  });
});
