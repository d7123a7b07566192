import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Json, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** What is billed (0014). Amounts in cents, quantities in thousandths. Letterheads, documents and their lines are added, never changed. */
export type BillingSchema = {
  letterhead: Tenant & {
    content: Json<Record<string, unknown>>;
    digest: Buffer;
    created_at: Stamp;
  };
  billing_run: Tenant &
    Versioned & {
      name: string;
      until_on: Day;
      day: Day;
      due_on: Day;
      filters: ColumnType<Record<string, unknown>, string | undefined, string>;
      state: Generated<'running' | 'done' | 'undoing' | 'undone'>;
      customers: Generated<number>;
      passed: Generated<number>;
      last_customer: Generated<number>;
      key: string | null;
      created_by: string | null;
      created_at: Stamp;
      done_at: Date | null;
      undone_at: Date | null;
    };
  document_counter: Tenant & {
    kind: 'invoice' | 'credit_note';
    year: number;
    last: Generated<number>;
  };
  document: Tenant & {
    kind: 'invoice' | 'credit_note';
    year: number;
    sequence: number;
    number: string;
    day: Day;
    due_on: Day;
    customer_id: number;
    recipient: Json<Record<string, unknown>>;
    letterhead_id: number;
    title: Generated<string>;
    note: Generated<string>;
    credits: number | null;
    source: string | null;
    run_id: number | null;
    net_cents: number;
    vat_cents: Generated<number>;
    gross_cents: number;
    entry_id: number | null;
    user_id: string | null;
    issued_at: Stamp;
  };
  charge: Tenant &
    Versioned & {
      customer_id: number;
      subscription_id: number | null;
      membership_id: number | null;
      kind:
        | 'membership'
        | 'container_fee'
        | 'deposit'
        | 'deposit_back'
        | 'delivery_fee'
        | 'extra'
        | 'discount'
        | 'rejection_fee'
        | 'gift'
        | 'other';
      label: string;
      quantity_milli: Generated<number>;
      unit_price_cents: number;
      vat_basis_points: Generated<number>;
      vat_included: Generated<boolean>;
      account: string;
      activity_code: Generated<string>;
      per: Generated<'once' | 'delivery'>;
      bill_on: Day;
      until_on: Day | null;
      note: Generated<string>;
      source: string | null;
      created_at: Stamp;
      withdrawn_at: Date | null;
    };
  document_line: Tenant & {
    document_id: number;
    position: number;
    kind: 'basket' | 'advance' | 'settlement' | 'delivery_fee' | 'charge';
    label: string;
    detail: Generated<string>;
    quantity_milli: number;
    unit_price_cents: number;
    vat_basis_points: number;
    vat_included: boolean;
    net_cents: number;
    vat_cents: Generated<number>;
    gross_cents: number;
    account: string;
    activity_id: number | null;
    product_id: number | null;
    subscription_id: number | null;
    charge_id: number | null;
    credits_line: number | null;
    from_on: Day | null;
    until_on: Day | null;
  };
  document_sending: Tenant & {
    document_id: number;
    way: 'mail' | 'print';
    address: Generated<string>;
    user_id: string | null;
    created_at: Stamp;
  };
  instalment: Tenant & {
    subscription_id: number;
    position: number;
    due_on: Day;
    amount_cents: number;
  };
  membership_type: Tenant &
    Versioned &
    Archivable & {
      name: string;
      amount_cents: number;
      period: Generated<'fixed_year' | 'anniversary'>;
      year_starts: Generated<string>;
      steps: ColumnType<{ from: string; amountCents: number }[], string | undefined, string>;
      account: Generated<string>;
      position: Generated<number>;
    };
  returnable: Tenant &
    Versioned &
    Archivable & {
      name: string;
      deposit_cents: number;
      position: Generated<number>;
    };
  returnable_move: Tenant & {
    customer_id: number;
    returnable_id: number;
    day: Day;
    kind: 'lent' | 'returned' | 'given';
    quantity: number;
    deposit_cents: number;
    charge_id: number | null;
    entry_id: number | null;
    source: string | null;
    created_at: Stamp;
    withdrawn_at: Date | null;
  };
};
