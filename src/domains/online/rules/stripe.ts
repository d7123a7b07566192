import type { Found } from './provider.ts';

/** What Stripe says of a Checkout Session (docs.stripe.com/api/checkout/sessions/object), as we read it. */
export type StripeSession = {
  status: 'open' | 'complete' | 'expired' | null;
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  amount_total: number | null;
  payment_intent: { id: string; latest_charge: { refunded: boolean } | null; last_payment_error?: { message?: string } | null } | null;
};

/** What became of a session. One that is complete and unpaid waits for a bank that takes its time; a card refused leaves the session open for another. */
export function foundInSession({ status, payment_status, amount_total, payment_intent }: StripeSession): Found {
  const cents = amount_total ?? 0;
  const payment = payment_intent?.id ?? null;
  if (payment_status === 'paid') return { state: payment_intent?.latest_charge?.refunded ? 'refunded' : 'paid', cents, payment };
  if (status === 'expired') return { state: 'expired', cents: 0, payment };
  if (status === 'complete' && payment_intent?.last_payment_error)
    return { state: 'failed', cents: 0, payment, reason: 'La banque a refusé le paiement.' };
  return { state: 'open', cents: 0, payment };
}

/** The parts of a `Stripe-Signature` header: when, and the signatures of the scheme `v1`; there are two while a key is being changed. */
export function readSignature(header: string): { at: number; signatures: string[] } | null {
  const parts = header.split(',').map((part) => part.trim().split('=', 2));
  const at = Number(parts.find(([name]) => name === 't')?.[1]);
  const signatures = parts.flatMap(([name, value]) => (name === 'v1' && value ? [value] : []));
  return Number.isSafeInteger(at) && at > 0 && signatures.length > 0 ? { at, signatures } : null;
}
