import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';

import type { AccountBasketsSchema } from './schema-account-baskets.ts';
import type { AccountMoneySchema } from './schema-account-money.ts';
import type { BillingSchema } from './schema-billing.ts';
import type { Archivable, Json, Stamp, Tenant, Versioned } from './schema-columns.ts';
import type { DeskSchema } from './schema-desk.ts';
import type { EmployeesSchema } from './schema-employees.ts';
import type { FieldSchema } from './schema-field.ts';
import type { GivingSchema } from './schema-giving.ts';
import type { LedgerSchema } from './schema-ledger.ts';
import type { MapSchema } from './schema-map.ts';
import type { MessagesSchema } from './schema-messages.ts';
import type { MoneySchema } from './schema-money.ts';
import type { OnlineSchema } from './schema-online.ts';
import type { ReferralSchema } from './schema-referral.ts';
import type { SignupSchema } from './schema-signup.ts';
import type { SiteSchema } from './schema-site.ts';
import type { SolidaritySchema } from './schema-solidarity.ts';
import type {
  BasketTable,
  PlanPriceTable,
  PlanTable,
  RequestTable,
  SeasonTable,
  SubscriptionChangeTable,
  SubscriptionTable,
  WaitingEntryTable,
  WaitingWishTable,
} from './schema-subscriptions.ts';
import type { WorkshopsSchema } from './schema-workshops.ts';

export type * from './schema-field.ts';
export type * from './schema-subscriptions.ts';

/** Columns of database/migrations, as TypeScript sees them. */
export type NetworkTable = { id: number; name: string; created_at: Stamp };
export type NetworkStaffTable = { user_id: string; created_at: Stamp };
export type GardenTable = Versioned &
  Archivable & {
    id: Generated<number>;
    slug: string;
    name: string;
    address: Generated<string>;
    postcode: Generated<string>;
    city: Generated<string>;
    phone: Generated<string>;
    email: Generated<string>;
    accent: string | null;
    settings: ColumnType<Record<string, unknown>, string | undefined, string>;
    taken_over_on: Day | null;
    /** Of its public pages, besides their path. */
    host: ColumnType<string | null, string | null | undefined, string | null>;
    created_at: Stamp;
  };
export type RoleTable = Tenant & Versioned & { name: string; rights: string[] };
export type StaffTable = Tenant & Versioned & { user_id: string; role_id: number; created_at: Stamp; ended_at: Date | null };
export type AuditTable = Tenant & {
  at: Stamp;
  user_id: string | null;
  batch_id: number | null;
  table_name: string;
  row_id: number;
  action: 'insert' | 'update' | 'delete';
  before: unknown;
  after: unknown;
};
export type CustomerTable = Tenant &
  Versioned &
  Archivable & {
    number: string;
    technical: Generated<boolean>;
    kind: Generated<'person' | 'organisation'>;
    civility: Generated<string>;
    last_name: string;
    first_name: Generated<string>;
    address: Generated<string>;
    postcode: Generated<string>;
    city: Generated<string>;
    phone: Generated<string>;
    email: Generated<string>;
    category: Generated<string>;
    volunteer: 'yes' | 'maybe' | 'no' | null;
    payment_method: string | null;
    notes: Generated<string>;
    opening_balance_cents: Generated<number>;
    membership_dispensed: Generated<boolean>;
    debt_allowed_until: Day | null;
    created_at: Stamp;
    search: ColumnType<string, never, never>;
  };
export type MembershipTable = Tenant & { customer_id: number; starts_on: Day; ends_on: Day; amount_cents: number; type_id: number | null };
export type ProductTable = Tenant &
  Versioned &
  Archivable & {
    name: string;
    kind: Generated<'basket' | 'other'>;
    position: Generated<number>;
    price_cents: number;
    vat_basis_points: Generated<number>;
    sale_account: Generated<string>;
    activity_code: Generated<string>;
    target_departure_cents: number | null;
    wished_margin_basis_points: number | null;
    per_crate: number | null;
  };
export type TourTable = Tenant &
  Versioned &
  Archivable & {
    code: string;
    name: string;
    preparation_weekday: number;
    delivery_weekday: number;
    color: Generated<string>;
    position: Generated<number>;
    vehicle_baskets: number | null;
    leaves_at: string | null;
  };
export type DepotTable = Tenant &
  Versioned &
  Archivable & {
    number: string;
    name: string;
    address: Generated<string>;
    postcode: Generated<string>;
    city: Generated<string>;
    phone: Generated<string>;
    contact: Generated<string>;
    category: Generated<'open' | 'reserved' | 'professional'>;
    mention: Generated<string>;
    password: Generated<string>;
    fee_cents: Generated<number>;
    access_code: Generated<string>;
    access_note: Generated<string>;
    latitude: number | null;
    longitude: number | null;
  };
export type SlotTable = Tenant &
  Versioned &
  Archivable & {
    tour_id: number;
    depot_id: number;
    stop_order: number;
    arrival: string | null;
    pickup: Generated<string>;
    capacity: number | null;
    name: Generated<string>;
  };
export type DeliveryTable = Tenant &
  Versioned & {
    tour_id: number;
    year: number;
    week: number;
    usual_date: Day;
    date: Day;
    closed: Generated<boolean>;
    note: Generated<string>;
    holiday: Generated<string>;
    doubled_cap: number | null;
    delivered_at: Date | null;
    delivered_batch_id: number | null;
  };
export type DepotPhotoTable = Tenant & { depot_id: number; content: Buffer; content_type: string; created_at: Stamp };
export type SlotClosingTable = Tenant & {
  slot_id: number;
  from_on: Day;
  until_on: Day;
  replacement_slot_id: number | null;
  reason: Generated<string>;
  batch_id: number | null;
  created_at: Stamp;
  withdrawn_at: Date | null;
};
export type BatchKind =
  | 'import'
  | 'calendar'
  | 'slot_closing'
  | 'plan'
  | 'season'
  | 'renewal'
  | 'subscriptions'
  | 'composition'
  | 'delivered'
  | 'stops'
  | 'reminders';
export type BatchTable = Tenant &
  Versioned & {
    kind: BatchKind;
    name: string;
    state: Generated<'proposed' | 'applied' | 'undone'>;
    year: number;
    summary: ColumnType<Record<string, unknown>, string | undefined, string>;
    created_by: string | null;
    created_at: Stamp;
    applied_at: Date | null;
    undone_at: Date | null;
  };
export type ImportFileTable = Tenant & {
  batch_id: number;
  name: string;
  content: Buffer;
  kind: string | null;
  mapping: ColumnType<Record<string, string>, string | undefined, string>;
  rejected: ColumnType<{ line: number; reason: string }[], string | undefined, string>;
};
export type BatchSecretTable = Tenant & {
  batch_id: number;
  table_name: string;
  row_id: number;
  before: ColumnType<Record<string, unknown>, string, string>;
};
export type ImportMappingTable = Tenant & { headers_key: string; kind: string; mapping: Json<Record<string, string>> };

export type Schema = FieldSchema &
  LedgerSchema &
  AccountBasketsSchema &
  AccountMoneySchema &
  BillingSchema &
  MapSchema &
  MoneySchema &
  SiteSchema &
  SolidaritySchema &
  OnlineSchema &
  GivingSchema &
  DeskSchema &
  SignupSchema &
  ReferralSchema &
  WorkshopsSchema &
  EmployeesSchema &
  MessagesSchema & {
    network: NetworkTable;
    network_staff: NetworkStaffTable;
    garden: GardenTable;
    role: RoleTable;
    staff: StaffTable;
    audit_entry: AuditTable;
    customer: CustomerTable;
    membership: MembershipTable;
    product: ProductTable;
    tour: TourTable;
    depot: DepotTable;
    slot: SlotTable;
    delivery: DeliveryTable;
    subscription: SubscriptionTable;
    request: RequestTable;
    basket: BasketTable;
    batch: BatchTable;
    import_file: ImportFileTable;
    import_mapping: ImportMappingTable;
    batch_secret: BatchSecretTable;
    season: SeasonTable;
    plan: PlanTable;
    plan_price: PlanPriceTable;
    subscription_change: SubscriptionChangeTable;
    slot_closing: SlotClosingTable;
    depot_photo: DepotPhotoTable;
    waiting_entry: WaitingEntryTable;
    waiting_wish: WaitingWishTable;
    'auth.user': { id: string; name: string; email: string; twoFactorEnabled: boolean | null };
    'auth.session': { id: string; token: string; userId: string; expiresAt: Date };
  };
