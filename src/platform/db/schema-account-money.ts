import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Columns of 0025_account_money.sql. */
export type AccountMoneySchema = {
  household_member: Tenant & Versioned & { customer_id: number; name: string; phone: Generated<string>; created_at: Stamp };
  address_change: Tenant &
    Versioned & {
      customer_id: number;
      email: string;
      digest: Buffer;
      user_id: string | null;
      asked_at: Stamp;
      expires_at: Date;
      confirmed_at: Date | null;
      withdrawn_at: Date | null;
    };
  account_request: Tenant &
    Versioned & {
      customer_id: number;
      kind: 'ending' | 'erasure';
      subscription_id: number | null;
      ends_on: Day | null;
      reason: Generated<string>;
      note: Generated<string>;
      deposit: Generated<'' | 'back' | 'gift'>;
      state: Generated<'open' | 'done' | 'refused' | 'withdrawn'>;
      answer: Generated<string>;
      asked_by: string | null;
      asked_at: Stamp;
      handled_by: string | null;
      handled_at: Date | null;
    };
};
