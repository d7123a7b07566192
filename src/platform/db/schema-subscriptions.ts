import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Plans, subscriptions, requests, baskets and the waiting list. */

export type SeasonTable = Tenant & Versioned & { name: string; starts_on: Day; ends_on: Day };
export type PlanTable = Tenant &
  Versioned &
  Archivable & {
    name: string;
    description: Generated<string>;
    product_id: number;
    season_id: number | null;
    frequencies: Generated<OfferedFrequency[]>;
    basket_counts: Generated<number[]>;
    weeks: number[] | null;
    billing_mode: Generated<BillingMode>;
    billing_count: number | null;
    billing_rhythm: Generated<'delivery' | 'month' | 'quarter' | 'half_year' | 'year' | 'once'>;
    payment_methods: Generated<string[]>;
    membership_required: Generated<boolean>;
    deposit_cents: Generated<number>;
    container_fee_cents: Generated<number>;
    trial_baskets: number | null;
    tacit_renewal: Generated<boolean>;
    notice_days: Generated<number>;
    flexibility: ColumnType<Record<string, unknown>, string | undefined, string>;
    categories: Generated<string[]>;
    min_quantity: Generated<number>;
    max_quantity: number | null;
    position: Generated<number>;
    created_at: Stamp;
  };
export type PlanPriceTable = Tenant & { plan_id: number; starts_on: Day; price_cents: number };
/** What a plan offers; a subscription says in which weeks. */
export type OfferedFrequency = 'weekly' | 'fortnightly' | 'monthly';
export type Frequency = 'weekly' | 'even_weeks' | 'odd_weeks' | 'first_of_month' | 'second_of_month' | 'third_of_month' | 'fourth_of_month';
export type BillingMode = 'arrears' | 'instalments' | 'prepaid' | 'pack';
export type SubscriptionTable = Tenant &
  Versioned & {
    customer_id: number;
    product_id: number;
    slot_id: number;
    frequency: Frequency | 'given';
    quantity: number;
    price_cents: number;
    starts_on: Day;
    ends_on: Day;
    billing_mode: Generated<BillingMode>;
    billing_count: number | null;
    created_at: Stamp;
    plan_id: number | null;
    basket_count: number | null;
    awaiting: 'payment' | 'contract' | null;
    renews: Generated<boolean>;
    renewed_from: number | null;
    deposit_cents: Generated<number>;
    container_fee_cents: Generated<number>;
    trial_baskets: number | null;
    end_reason: Generated<string>;
  };
export type SubscriptionChangeTable = Tenant & {
  subscription_id: number;
  from_year: number;
  from_week: number;
  plan_id: number | null;
  product_id: number;
  slot_id: number;
  frequency: Frequency;
  quantity: number;
  price_cents: number;
  created_at: Stamp;
  withdrawn_at: Date | null;
};
export type RequestKind = 'cancel' | 'postpone' | 'double' | 'make_up' | 'gift' | 'move' | 'manual';
export type RequestTable = Tenant & {
  subscription_id: number;
  kind: RequestKind;
  year: number;
  week: number;
  to_year: number | null;
  to_week: number | null;
  until_year: number | null;
  until_week: number | null;
  slot_id: number | null;
  product_id: number | null;
  quantity: number | null;
  price_cents: number | null;
  remedy: 'credit' | 'make_up' | null;
  source: Generated<'staff' | 'customer' | 'garden'>;
  dispensed: Generated<boolean>;
  note: Generated<string>;
  batch_id: number | null;
  recipient_id: number | null;
  as_value: Generated<boolean>;
  created_at: Stamp;
  withdrawn_at: Date | null;
};
export type WaitingEntryTable = Tenant &
  Versioned & {
    customer_id: number;
    plan_id: number;
    frequency: Frequency;
    quantity: Generated<number>;
    wished_from: Day;
    note: Generated<string>;
    state: Generated<'waiting' | 'offered' | 'accepted' | 'withdrawn'>;
    offered_slot_id: number | null;
    offered_until: Day | null;
    subscription_id: number | null;
    created_at: Stamp;
  };
export type WaitingWishTable = Tenant & { entry_id: number; slot_id: number; position: Generated<number> };
export type BasketTable = Tenant & {
  subscription_id: number;
  delivery_id: number;
  slot_id: number;
  product_id: number;
  quantity: number;
  price_cents: number;
};
