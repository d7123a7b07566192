import type { Cents } from '#kernel/money.ts';
import type { Outcome } from '#kernel/outcome.ts';

/** Who takes money online for a garden. The port: three speak it here (HelloAsso, Stripe, and one for trying). */

export const providerKinds = ['helloasso', 'stripe', 'test'] as const;
export type ProviderKind = (typeof providerKinds)[number];

/** What is asked of a provider: a page of its own where this much is paid. */
export type Wish = {
  /** Our name for it; given back with notifications. Asked twice, it is the same session where the provider can tell. */
  token: string;
  cents: Cents;
  /** What the payer reads there. */
  label: string;
  payer: { firstName: string; lastName: string; email: string };
  /** Where the browser comes back to, whatever happened: never believed. Whole addresses. */
  returnUrl: string;
  cancelUrl: string;
};

export type Session = { reference: string; address: string; expiresAt: Date };

/** What a provider says when it is asked. `open`: nothing yet; `failed`: refused for good. `cents`: what it took, when it took something. */
export type Found = {
  state: 'open' | 'paid' | 'failed' | 'expired' | 'refunded';
  cents: Cents;
  /** Its payment, by which it is given back. */
  payment: string | null;
  /** In French, why it failed. */
  reason?: string;
};

/** Which of our payments a notification is about: by its session, by our token, or by its payment. */
export type About = { reference?: string; token?: string; payment?: string };

/** A notification as it came: nothing is read of it before its signature is checked. */
export type Notice = { body: string; header: (name: string) => string | null };

export type PaymentProvider = {
  start: (wish: Wish) => Promise<Outcome<Session>>;
  /** Checks the signature where there is one. @param now milliseconds. @returns about which payments, none for what does not concern us. */
  read: (notice: Notice, now: number) => Outcome<{ event: string; about: About | null }>;
  verify: (reference: string) => Promise<Outcome<Found>>;
  /** Gives all of it back. @param key asked twice, it acts once where the provider can tell. */
  refund: (payment: string, cents: Cents, key: string) => Promise<Outcome<null>>;
  /** Tries the keys. @returns whose account it is, in words. */
  check: () => Promise<Outcome<string>>;
};
