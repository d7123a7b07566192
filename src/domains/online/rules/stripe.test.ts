import { expect, test } from 'vitest';
import { foundInSession, readSignature, type StripeSession } from './stripe.ts';

const session = (more: Partial<StripeSession>): StripeSession => ({
  status: 'open',
  payment_status: 'unpaid',
  amount_total: 4200,
  payment_intent: null,
  ...more,
});
const intent = (refunded: boolean, error?: string) => ({
  ...{ id: 'pi_1', latest_charge: { refunded } },
  last_payment_error: error ? { message: error } : null,
});

test('open, paid, expired, refused afterwards, given back', () => {
  expect(foundInSession(session({}))).toEqual({ state: 'open', cents: 0, payment: null });
  expect(foundInSession(session({ status: 'complete', payment_status: 'paid', payment_intent: intent(false) }))).toEqual({
    state: 'paid',
    cents: 4200,
    payment: 'pi_1',
  });
  expect(foundInSession(session({ status: 'expired' })).state).toBe('expired');
  expect(foundInSession(session({ status: 'complete' })).state).toBe('open');
  expect(foundInSession(session({ status: 'complete', payment_intent: intent(false, 'declined') }))).toMatchObject({
    state: 'failed',
    cents: 0,
  });
  // A first card refused: the payer may still try another.
  expect(foundInSession(session({ payment_intent: intent(false, 'declined') })).state).toBe('open');
  expect(foundInSession(session({ status: 'complete', payment_status: 'paid', payment_intent: intent(true) })).state).toBe('refunded');
});

test('a signature has its moment and one or two signatures', () => {
  expect(readSignature('t=1492774577,v1=aa,v1=bb,v0=cc')).toEqual({ at: 1492774577, signatures: ['aa', 'bb'] });
  for (const wrong of ['', 't=1492774577', 'v1=aa', 't=x,v1=aa', 't=1,v0=aa']) expect(readSignature(wrong)).toBeNull();
});
