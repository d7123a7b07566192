import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addPhoto,
  agreeOwn,
  attendanceSheet,
  cancelWorkshop,
  changeWorkshop,
  createWorkshop,
  enrolOwn,
  enrolSomebody,
  forgetGuests,
  heldFigures,
  noteAttendance,
  ownWorkshops,
  publicWorkshops,
  remindWorkshops,
  shownPhotoFile,
  shownPhotos,
  withdrawOwn,
  withdrawSomebody,
  workshopList,
  workshopPage,
  workshopPhotos,
  writeWorkshops,
} from '../../src/domains/workshops/index.server.ts';
import { type WorkshopGiven, workshopSchema } from '../../src/domains/workshops/schema.ts';
import { addDays } from '../../src/kernel/day.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { type Own, visitorOf } from '../../src/platform/access/own.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { plantGarden, sow, type TestGarden } from './customers.garden.ts';

const today = '2026-11-22';
const database = useDatabase();
let here: TestGarden;
let customers: number[];
beforeAll(async () => {
  here = await plantGarden(database.ownerUrl());
  customers = [];
  for (let at = 1; at <= 8; at++)
    customers.push(
      await sow(here, 'customer', { number: String(at), last_name: `Client ${at}`, first_name: 'Ana', email: `c${at}@exemple.test` }),
    );
});
afterAll(() => here.owner.end());

const own = (at: number): Own => ({ gardenId: here.gardenId, userId: 'jeanne', customerId: customers[at]!, seenBy: 'customer' });
const given = (more: Partial<WorkshopGiven> = {}): WorkshopGiven => ({
  ...{ version: 0, token: randomUUID(), title: 'Cuisiner les courges', kind: 'cooking', description: 'Une **soupe**.', day: '2026-11-28' },
  ...{ from: '14:00', until: '16:30', place: 'Salle du jardin', address: '', seats: 4, enrolUntil: '2026-11-27', fee: 500, cost: 12000 },
  ...{ funder: 'CAF', published: true },
  ...more,
});
const create = async (more: Partial<WorkshopGiven> = {}): Promise<number> => {
  const made = await createWorkshop(here.marie, given(more));
  if (!made.ok) throw new Error(made.reason);
  return made.value.id;
};
const ask = (workshop: number, seats: number) => ({ workshop, seats, agreed: null, token: randomUUID() });
const guest = (name: string, seats = 1) => ({ customer: null, name, phone: '06', seats, agreed: null, token: randomUUID() });
const page = async (id: number) => (await workshopPage(here.marie, id, today))!;
const states = async (id: number) => (await page(id)).enrolments.map(({ name, state }) => `${name.slice(7, 8) || name} ${state}`);
const letters = async (event: string) =>
  (await here.owner.query('select customer_id::int as who, subject, body from message where event = $1 order by id', [event])).rows as {
    who: number;
    subject: string;
    body: string;
  }[];

describe('who comes', () => {
  test('a form sent twice is one workshop, one enrolment; each its right', async () => {
    const form = given({ title: 'Deux fois', day: '2027-03-01', enrolUntil: null });
    expect(await createWorkshop(here.marie, form)).toEqual(await createWorkshop(here.marie, form));
    const id = await create({ title: 'Une seule inscription', day: '2027-03-02' });
    const asked = ask(id, 2);
    for (const _ of [1, 2]) expect(await enrolOwn(own(0), asked, today)).toEqual({ ok: true, value: { state: 'enrolled' } });
    expect(await enrolOwn(own(0), ask(id, 1), today)).toMatchObject({ ok: false, reason: expect.stringContaining('déjà inscrite') });
    expect((await page(id)).workshop).toMatchObject({ taken: 2, waiting: 0, came: null, standing: 'open' });
    expect(() => createWorkshop(here.with('workshops:read'), form)).toThrow(AccessDenied);
    expect(() => workshopList(here.with('customers:change'), today)).toThrow(AccessDenied);
    expect(() => enrolOwn({ ...own(0), seenBy: 'staff' }, asked, today)).toThrow(AccessDenied);
  });

  test('seats are held under the lock: eight at once for four seats, four come and four wait; letters say which', async () => {
    const id = await create({ title: 'Huit à la fois' });
    const answers = await Promise.all(customers.map((_, at) => enrolOwn(own(at), ask(id, 1), today)));
    expect(answers.map((one) => one.ok && one.value.state).sort()).toEqual([...Array(4).fill('enrolled'), ...Array(4).fill('waiting')]);
    const { workshop, enrolments } = await page(id);
    expect(workshop).toMatchObject({ taken: 4, waiting: 4, standing: 'full' });
    const waiting = enrolments.filter(({ state }) => state === 'waiting');
    expect((await letters('workshop_waiting')).map(({ who }) => who).sort()).toEqual(waiting.map(({ customerId }) => customerId).sort());
    const [first] = enrolments.filter(({ state }) => state === 'enrolled');
    expect(await withdrawSomebody(here.marie, id, first!.id, today)).toMatchObject({ ok: true });
    expect(await withdrawSomebody(here.marie, id, first!.id, today)).toMatchObject({ ok: true });
    expect((await page(id)).workshop).toMatchObject({ taken: 4, waiting: 3 });
    expect((await letters('workshop_place')).map(({ who }) => who)).toEqual([waiting[0]!.customerId]);
  });

  test('a large party waits while smaller ones behind it take what it could not; more seats let it in', async () => {
    const id = await create({ title: 'Grand groupe', seats: 3 });
    await enrolOwn(own(0), ask(id, 2), today);
    await enrolOwn(own(1), ask(id, 3), today);
    await enrolOwn(own(2), ask(id, 1), today);
    expect(await states(id)).toEqual(['1 enrolled', '2 waiting', '3 enrolled']);
    const { workshop } = await page(id);
    expect(
      await changeWorkshop(here.marie, id, given({ title: 'Grand groupe', seats: 2, version: workshop.version }), today),
    ).toMatchObject({
      ok: false,
      fields: { seats: expect.stringContaining('3 personnes') },
    });
    await changeWorkshop(here.marie, id, given({ title: 'Grand groupe', seats: 6, version: workshop.version }), today);
    expect(await states(id)).toEqual(['1 enrolled', '2 enrolled', '3 enrolled']);
    expect(await withdrawOwn(own(1), (await page(id)).enrolments[0]!.id, today)).toMatchObject({ ok: false });
    expect((await page(id)).workshop.taken).toBe(6);
  });

  test('too late, cancelled or not shown: nobody enrols by herself; the animator still may after the last day', async () => {
    const late = await create({ title: 'Trop tard', day: today, enrolUntil: '2026-11-20' });
    const hidden = await create({ title: 'Brouillon', published: false });
    for (const id of [late, hidden]) expect(await enrolOwn(own(0), ask(id, 1), today)).toMatchObject({ ok: false });
    expect(await enrolSomebody(here.marie, late, guest('Mme Voisine', 2), today)).toEqual({ ok: true, value: { state: 'enrolled' } });
    expect(await enrolSomebody(here.marie, late, guest(''), today)).toMatchObject({ ok: false, fields: { name: expect.any(String) } });
    const seen = await publicWorkshops(visitorOf(here.gardenId, 'workshops:read'), today);
    expect(seen.map(({ title }) => title)).not.toContain('Brouillon');
    expect(Object.keys(seen[0]!)).not.toContain('funder');
  });
});

describe('changes', () => {
  test('another day or place is written to who comes; two people at once lose nothing', async () => {
    const id = await create({ title: 'Déplacé', day: '2026-12-05', enrolUntil: null });
    await enrolOwn(own(0), ask(id, 1), today);
    const form = given({ title: 'Déplacé', day: '2026-12-06', enrolUntil: null, version: 1 });
    expect(await changeWorkshop(here.marie, id, form, today)).toEqual({ ok: true, value: { told: 1 } });
    expect(await changeWorkshop(here.paul, id, form, today)).toEqual({ ok: true, value: { told: 0 } });
    expect(await changeWorkshop(here.paul, id, { ...form, seats: 9 }, today)).toMatchObject({
      ok: false,
      fields: { seats: expect.stringContaining('4') },
    });
    const [moved] = await letters('workshop_moved');
    expect(moved!.body).toContain('samedi 5 décembre');
    expect(moved!.body).toContain('dimanche 6 décembre');
  });

  test('cancelled once: everybody is written to once, guests are to call; it stays in sight until its day', async () => {
    const id = await create({ title: 'Annulé', day: '2026-12-12', enrolUntil: null, seats: 1 });
    await enrolOwn(own(0), ask(id, 1), today);
    await enrolOwn(own(1), ask(id, 1), today);
    await enrolSomebody(here.marie, id, guest('M. Voisin'), today);
    const { version } = (await page(id)).workshop;
    const asked = { version, reason: 'L’animatrice est souffrante.' };
    expect(await cancelWorkshop(here.marie, id, asked, today)).toEqual({ ok: true, value: { told: 2, toCall: 1 } });
    expect(await cancelWorkshop(here.marie, id, asked, today)).toEqual({ ok: true, value: { told: 0, toCall: 0 } });
    expect(await letters('workshop_cancelled')).toHaveLength(2);
    const seen = (await publicWorkshops(visitorOf(here.gardenId, 'workshops:read'), today)).filter((one) => one.id === id);
    expect(seen).toMatchObject([{ standing: 'cancelled' }]);
    expect(writeWorkshops(seen, { name: 'Essai', pages: 'https://jardin.test/x', now: new Date(0) })).toMatch(/STATUS:CANCELLED/);
    expect(await enrolOwn(own(2), ask(id, 1), today)).toMatchObject({ ok: false });
    const mine = await ownWorkshops(own(0), today);
    expect(mine.coming.find((one) => one.id === id)).toMatchObject({ standing: 'cancelled', mine: { state: 'enrolled' } });
  });

  test('recalled two days before, once', async () => {
    const id = await create({ title: 'Rappelé', day: '2027-01-10', enrolUntil: null, seats: 1 });
    await enrolOwn(own(0), ask(id, 1), today);
    await enrolOwn(own(1), ask(id, 1), today);
    for (const day of ['2027-01-07', '2027-01-08', '2027-01-08', '2027-01-09']) await remindWorkshops(here.marie, day);
    expect((await letters('workshop_reminder')).map(({ who }) => who)).toEqual([customers[0]]);
  });
});

describe('afterwards', () => {
  let id: number;
  let people: number[];
  beforeAll(async () => {
    id = await create({ title: 'Passé', day: '2026-11-21', enrolUntil: null });
    await enrolSomebody(here.marie, id, { ...guest(''), customer: customers[0]!, seats: 2 }, today);
    await enrolSomebody(here.marie, id, { ...guest(''), customer: customers[1]! }, today);
    await enrolSomebody(here.marie, id, guest('M. Voisin'), today);
    people = (await page(id)).enrolments.map((one) => one.id);
  });

  test('who is put down once it is over is not written to', async () => {
    const told = (await letters('workshop_enrolled')).map(({ body }) => body).join();
    expect(people).toHaveLength(3);
    expect(told).not.toContain('Passé');
    expect(told).toContain('Une seule inscription');
  });

  test('who came is written, again if need be; figures follow', async () => {
    const said = people.map((one, at) => ({ id: one, came: at === 2 ? 0 : 2 - at, agreed: at === 0 ? true : null }));
    for (const _ of [1, 2]) expect(await noteAttendance(here.marie, id, said, today)).toMatchObject({ ok: true });
    expect(await heldFigures(here.marie, '2026-11-21', '2026-11-21')).toEqual({
      workshops: 1,
      seats: 4,
      enrolled: 4,
      came: 3,
      cost: 12000,
    });
    expect((await ownWorkshops(own(0), today)).past).toMatchObject([{ title: 'Passé', agreed: true }]);
    expect(await noteAttendance(here.marie, await create({ title: 'Pas encore' }), said, today)).toMatchObject({ ok: false });
  });

  test('a photo is shown while everybody on it agrees, and goes at once when somebody does not any more', async () => {
    const content = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#7a5' } })
      .jpeg()
      .toBuffer();
    const visitor = visitorOf(here.gardenId, 'workshops:read');
    const add = (on: number[], nobody = false) => addPhoto(here.marie, id, { content, alt: 'Des courges', people: on, nobody });
    expect(await add([])).toMatchObject({ ok: false, fields: { people: expect.any(String) } });
    expect(await add([999_999])).toMatchObject({ ok: false });
    expect(await add([], true)).toMatchObject({ ok: true });
    expect(await add([people[0]!])).toMatchObject({ ok: true });
    expect(await add([people[0]!, people[1]!])).toMatchObject({ ok: true });
    const all = await workshopPhotos(here.marie, id);
    expect(all.map(({ shown }) => shown)).toEqual([true, true, false]);
    expect(await shownPhotos(visitor, id)).toHaveLength(2);
    expect(await shownPhotoFile(visitor, all[1]!.id, 480)).toMatchObject({ type: 'image/webp' });
    expect(await shownPhotoFile(visitor, all[2]!.id, 480)).toBeNull();
    expect(await agreeOwn(own(3), people[0]!, true)).toMatchObject({ ok: false });
    expect(await agreeOwn(own(0), people[0]!, false)).toMatchObject({ ok: true });
    expect((await shownPhotos(visitor, id)).map((photo) => photo.id)).toEqual([all[0]!.id]);
    expect(await shownPhotoFile(visitor, all[1]!.id, 480)).toBeNull();
  });

  test('names of guests are forgotten after a year, what was done stays; a customer who is erased is on no photo', async () => {
    await agreeOwn(own(0), people[0]!, true);
    await here.owner.query('select forget_enrolments($1)', [customers[0]]);
    expect((await page(id)).enrolments[0]!.agreed).toBe(false);
    expect(await forgetGuests(here.marie, addDays('2026-11-21', 365))).toBe(0);
    expect(await forgetGuests(here.marie, addDays('2026-11-21', 366))).toBe(1);
    expect(await forgetGuests(here.marie, addDays('2026-11-21', 366))).toBe(0);
    expect((await page(id)).enrolments[2]).toMatchObject({ name: 'Invité', phone: '', came: 0 });
  });
});

test('lists and pages take a fixed number of queries, and stay in their garden', async () => {
  const there = await plantGarden(database.ownerUrl(), 'la-bas');
  expect((await workshopList(there.marie, today)).coming).toEqual([]);
  const [one] = (await workshopList(here.marie, today)).coming;
  expect(await workshopPage(there.marie, one!.id, today)).toBeNull();
  expect(await attendanceSheet(there.marie, one!.id, today)).toBeNull();
  await there.owner.end();
  expect((await countingQueries(() => workshopList(here.marie, today))).queries).toHaveLength(2);
  expect((await countingQueries(() => workshopPage(here.marie, one!.id, today))).queries).toHaveLength(2);
  expect((await countingQueries(() => ownWorkshops(own(0), today))).queries).toHaveLength(2);
});

test('what forms send is read as people type it', () => {
  const typed = {
    token: randomUUID(),
    title: 'x',
    kind: 'cooking',
    day: today,
    from: '9 h',
    until: '10h30',
    place: 'ici',
    seats: '8',
    enrolUntil: '',
    fee: '4,50',
    cost: '',
  };
  expect(workshopSchema.parse(typed)).toMatchObject({
    from: '09:00',
    until: '10:30',
    fee: 450,
    cost: 0,
    enrolUntil: null,
    published: false,
  });
  for (const wrong of [{ until: '8 h' }, { from: '25 h' }, { seats: '0' }, { fee: 'deux' }, { enrolUntil: '2026-12-01' }])
    expect(workshopSchema.safeParse({ ...typed, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
});
