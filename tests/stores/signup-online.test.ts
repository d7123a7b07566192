import { expect, test } from 'vitest';
import { finishedSignup, payAhead } from '../../src/domains/signup/index.server.ts';
import { sow } from './customers.garden.ts';
import { all, fill, garden, plan, send, setting, today, useSignups, visit } from './signup.garden.ts';

useSignups();

test('by card, what is asked for before the first basket may be paid at once; pressed twice, it is one try; nothing before it is accepted', async () => {
  await sow(garden, 'online_provider', { kind: 'helloasso', active: true });
  await garden.owner.query(`update plan set billing_mode = 'prepaid', billing_rhythm = 'once' where id = $1`, [plan]);
  const who = visit();
  const card = { moyen: 'card', parts: '', titulaire: '', iban: '' };
  await setting({ signupApproval: true });
  await fill(who, { payment: card });
  expect(await send(who)).toMatchObject({ ok: true, value: { state: 'sent' } });
  expect(await payAhead(who, '/merci')).toMatchObject({ ok: false });
  await setting({ signupApproval: false });
  const other = visit();
  await fill(other, { payment: card });
  expect(await send(other)).toMatchObject({ ok: true, value: { state: 'accepted' } });
  // Nine baskets, the membership and the deposit.
  const cents = 9 * 1380 + 1500 + 2000;
  expect((await finishedSignup(other, today))!.payCents).toBe(cents);
  const begun = await Promise.all([payAhead(other, '/merci'), payAhead(other, '/merci')]);
  expect(begun[0]).toEqual(begun[1]);
  expect(begun[0]).toMatchObject({ ok: true, value: { path: expect.stringMatching(/^\/payer\//) } });
  expect(await all('select amount_cents::int as cents, return_to from online_payment')).toEqual([{ cents, return_to: '/merci' }]);
});

test('a garden that is not paid online offers nothing to pay', async () => {
  await garden.owner.query('update online_provider set active = false');
  const who = visit();
  await fill(who, { payment: { moyen: 'card', parts: '', titulaire: '', iban: '' } });
  expect(await send(who)).toMatchObject({ ok: true, value: { state: 'accepted' } });
  expect((await finishedSignup(who, today))!.payCents).toBeNull();
});
