import type { Generated } from 'kysely';
import type { Json, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Paying online (0026). Amounts in cents. */
export type OnlineSchema = {
  online_provider: Tenant &
    Versioned & {
      kind: 'test' | 'helloasso' | 'stripe';
      active: Generated<boolean>;
      settings: Json<Record<string, unknown>>;
      secrets: Generated<string>;
      method_id: number | null;
    };
  online_payment: Tenant &
    Versioned & {
      token: string;
      customer_id: number;
      provider: 'test' | 'helloasso' | 'stripe';
      amount_cents: number;
      purpose: string;
      document_id: number | null;
      return_to: string;
      state: Generated<'new' | 'open' | 'paid' | 'failed' | 'abandoned' | 'refunded'>;
      reason: Generated<string>;
      reference: string | null;
      address: string | null;
      provider_payment: string | null;
      received_cents: number | null;
      payment_id: number | null;
      refund_id: number | null;
      key: string | null;
      created_at: Stamp;
      started_at: Date | null;
      checked_at: Date | null;
      expires_at: Date | null;
      settled_at: Date | null;
      about: string | null;
      payer: Json<{ firstName: string; lastName: string; email: string } | null> | null;
    };
  online_notice: Tenant & { online_payment_id: number; event: Generated<string>; outcome: Generated<string>; received_at: Stamp };
  online_test_session: Tenant & {
    token: string;
    label: Generated<string>;
    amount_cents: number;
    ours: Generated<string>;
    return_url: Generated<string>;
    cancel_url: Generated<string>;
    state: Generated<'open' | 'paid' | 'failed' | 'expired' | 'refunded'>;
    known_at: Date | null;
    created_at: Stamp;
  };
};
