import { expect, test } from 'vitest';
import { cancelGift, giftPage, recordGift } from '../../src/domains/giving/index.server.ts';
import { AccessDenied } from '../../src/platform/access/actor.ts';
import { balance, booksAgree, garden, record, today, typed, useGiving } from './giving.garden.ts';

useGiving();

test('a gift is in the books once: the bank against the year’s gifts, nothing left in between', async () => {
  const form = typed({ cents: 4200 });
  const first = await recordGift(garden.marie, form, today);
  expect(await recordGift(garden.marie, form, today)).toEqual(first);
  expect([await balance('511200'), await balance('754100')]).toEqual([4200, -4200]);
  const common = await garden.rows<{ sum: string }>(
    "select sum(l.amount_cents) from entry_line l join customer c on c.id = l.customer_id where c.number = 'DONS'",
  );
  expect(Number(common[0]!.sum)).toBe(0);
  const gift = (await giftPage(garden.marie, first.ok ? first.value.id : 0, today))!;
  expect(gift).toMatchObject({
    state: 'received',
    means: 'cheque',
    cents: 4200,
    why: 'Le jardin n’a pas déclaré qu’il peut faire des reçus fiscaux.',
  });
  expect((await cancelGift(garden.marie, gift.id, 'Saisi deux fois', today)).ok).toBe(true);
  expect((await cancelGift(garden.marie, gift.id, 'Saisi deux fois', today)).ok).toBe(true);
  expect([await balance('511200'), await balance('754100')]).toEqual([0, 0]);
});

test('goods stand off the result, at the donor’s own value; a promise is in no book', async () => {
  const goods = await record({
    nature: 'goods',
    kind: 'company',
    lastName: 'Pépinières du Saintois',
    siren: '784671695',
    label: '600 plants',
    valuation: 'Coût de revient',
    method: null,
  });
  expect([await balance('860000'), await balance('870000')]).toEqual([5000, -5000]);
  const promised = await record({ method: null });
  expect(await balance('754100')).toBe(0);
  expect((await giftPage(garden.marie, promised, today))!.state).toBe('promised');
  for (const id of [goods, promised]) expect((await cancelGift(garden.marie, id, 'Essai', today)).ok).toBe(true);
  expect(await balance('870000')).toBe(0);
});

test('refused: nobody, tomorrow, a voucher, more than the garden owes; nothing is left of it', async () => {
  const voucher = Number((await garden.rows<{ id: string }>("select id from payment_method where kind = 'meal_voucher'"))[0]!.id);
  const before = await garden.rows('select id from gift');
  const donors = await garden.rows('select id from donor');
  for (const [more, field] of [
    [{ lastName: '' }, 'lastName'],
    [{ day: '2025-10-23' }, 'day'],
    [{ lastName: 'Voucher', method: voucher }, 'method'],
    [{ nature: 'goods' }, 'label'],
    [{ nature: 'claim', lastName: 'Personne' }, 'cents'],
  ] as const)
    expect(await recordGift(garden.marie, typed(more), today)).toMatchObject({ ok: false, fields: { [field]: expect.any(String) } });
  expect(await garden.rows('select id from gift')).toEqual(before);
  expect(await garden.rows('select id from donor')).toEqual(donors);
  await expect(async () => recordGift({ ...garden.marie, rights: new Set(['giving:read']) }, typed(), today)).rejects.toThrow(AccessDenied);
});

test('what the garden owes somebody may be given up, and leaves her account', async () => {
  const anne = await garden.customer('Avance');
  await garden.paid(anne, 3000);
  const given = await recordGift(garden.marie, { ...typed({ nature: 'claim', cents: 1000 }), customer: anne }, today);
  expect(given.ok).toBe(true);
  const owed = await garden.rows<{ sum: string }>('select sum(amount_cents) from entry_line where customer_id = $1', [anne]);
  expect(Number(owed[0]!.sum)).toBe(-2000);
  expect(await recordGift(garden.marie, { ...typed({ nature: 'claim', cents: 2001 }), customer: anne }, today)).toMatchObject({
    ok: false,
  });
});

test('the ledger is whole, and what gifts say is what it holds', booksAgree);
