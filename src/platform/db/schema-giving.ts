import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Json, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Giving (0040, 0041, 0044). Amounts in cents. */
export type GivingSchema = {
  donor: Tenant &
    Versioned &
    Archivable & {
      customer_id: number | null;
      kind: Generated<'person' | 'company'>;
      last_name: string;
      first_name: Generated<string>;
      legal_form: Generated<string>;
      siren: Generated<string>;
      address: Generated<string>;
      postcode: Generated<string>;
      city: Generated<string>;
      email: Generated<string>;
      receipts: Generated<'year' | 'once' | 'none'>;
      forgotten_on: Day | null;
      note: Generated<string>;
      created_at: Stamp;
    };
  campaign: Tenant &
    Versioned &
    Archivable & {
      slug: string;
      title: string;
      lead: Generated<string>;
      body: Generated<string>;
      goal_cents: number | null;
      starts_on: Day;
      ends_on: Day | null;
      counterpart: Generated<string>;
      project: Generated<string>;
      programme_id: number | null;
      published: Generated<boolean>;
      created_at: Stamp;
    };
  receipt_counter: Tenant & { year: number; last: Generated<number> };
  receipt: Tenant & {
    year: number;
    sequence: number;
    number: string;
    kind: 'person' | 'company';
    /** Null once it is forgotten (0052): then it says its number, its day and amounts. */
    donor_id: number | null;
    forgotten_on: Day | null;
    day: Day;
    cents: number;
    content: Json<unknown>;
    replaces: number | null;
    source: string | null;
    user_id: string | null;
    created_at: Stamp;
  };
  receipt_cancellation: Tenant & { receipt_id: number; day: Day; reason: string; user_id: string | null; created_at: Stamp };
  receipt_sending: Tenant & {
    receipt_id: number;
    way: 'mail' | 'print';
    address: Generated<string>;
    user_id: string | null;
    created_at: Stamp;
  };
  gift: Tenant &
    Versioned & {
      donor_id: number;
      campaign_id: number | null;
      nature: 'money' | 'claim' | 'goods';
      origin: Generated<'direct' | 'online' | 'regular' | 'per_basket' | 'deposit' | 'basket'>;
      means: 'cash' | 'cheque' | 'transfer' | null;
      cents: number;
      day: Day;
      state: Generated<'promised' | 'received' | 'cancelled'>;
      counterpart: Generated<boolean>;
      label: Generated<string>;
      valuation: Generated<string>;
      note: Generated<string>;
      payment_id: number | null;
      entry_id: number | null;
      line_id: number | null;
      receipt_id: number | null;
      reason: Generated<string>;
      source: string | null;
      created_by: string | null;
      created_at: Stamp;
    };
  regular_gift: Tenant &
    Versioned & {
      donor_id: number;
      campaign_id: number | null;
      cents: number;
      way: 'bill' | 'transfer';
      starts_on: Day;
      ends_on: Day | null;
      source: string | null;
      created_at: Stamp;
    };
  recipient: Tenant & Versioned & Archivable & { customer_id: number; slot_id: number; about: Generated<string>; created_at: Stamp };
  given_basket: Tenant & { request_id: number; campaign_id: number; created_at: Stamp };
  campaign_use: Tenant & {
    campaign_id: number;
    day: Day;
    cents: number;
    label: string;
    source: string | null;
    user_id: string | null;
    created_at: Stamp;
  };
  giving_statement: Tenant & {
    starts_on: Day;
    eligible: boolean;
    body: Generated<string>;
    articles: Generated<string[]>;
    object: Generated<string>;
    ruling: Generated<string>;
    signer: Generated<string>;
    signer_title: Generated<string>;
    user_id: string | null;
    created_at: Stamp;
  };
};
