import { sql } from 'kysely';
import { paymentMethods } from '#domains/customers/schema.ts';
import { type GardenSettings, readSettings } from '#domains/gardens/settings.ts';
import type { PlanOnOffer } from '#domains/plans/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db/index.ts';

export type PayingWay = (typeof paymentMethods)[number];

/** A customer who signed in: what the garden knows already. */
export type Me = {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  address: string;
  category: string;
  dispensed: boolean;
  memberships: { startsOn: Day; endsOn: Day }[];
  /** The last four signs of the account that is debited; null without a mandate that stands. */
  account: string | null;
  /** Where her latest subscription is collected. */
  usualSlotId: number | null;
};

export type Facts = {
  settings: GardenSettings;
  garden: { name: string; legalName: string; address: string; phone: string; email: string };
  /** Creditor identifier (ICS); empty: the garden debits nobody. */
  creditor: string;
  /** Where a transfer goes to. */
  bank: { holder: string; iban: string } | null;
  /** Ways of paying the garden has; none said: all. */
  ways: PayingWay[];
  containers: { id: number; name: string; depositCents: number }[];
  me: Me | null;
};

const wayOf: Record<string, PayingWay> = { meal_voucher: 'voucher', local_currency: 'voucher' };

/** What the garden asks for and offers, and who is there. One query. */
export async function loadFacts(tx: Tx, customerId: number | null): Promise<Facts> {
  const { rows } = await sql<
    Omit<Facts, 'settings' | 'ways' | 'garden'> & { settings: unknown; kinds: string[]; garden: Omit<Facts['garden'], 'legalName'> }
  >`
    select g.settings,
      jsonb_build_object('name', g.name, 'address', concat_ws(', ', nullif(g.address, ''), nullif(trim(g.postcode || ' ' || g.city), '')), 'phone', g.phone, 'email', g.email) as garden,
      coalesce((select b.creditor_identifier from bank_account b where b.garden_id = g.id and b.archived_at is null and b.creditor_identifier <> '' order by b.id limit 1), '') as creditor,
      (select jsonb_build_object('holder', b.holder, 'iban', b.iban) from bank_account b where b.garden_id = g.id and b.archived_at is null order by b.id limit 1) as bank,
      array(select distinct p.kind from payment_method p where p.garden_id = g.id and p.archived_at is null) as kinds,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'depositCents', r.deposit_cents) order by r.position, r.name)
        from returnable r where r.garden_id = g.id and r.archived_at is null), '[]') as containers,
      (select jsonb_build_object('id', c.id, 'firstName', c.first_name, 'lastName', c.last_name, 'email', c.email, 'phone', c.phone,
          'address', concat_ws(', ', nullif(c.address, ''), nullif(trim(c.postcode || ' ' || c.city), '')), 'category', c.category, 'dispensed', c.membership_dispensed,
          'memberships', coalesce((select jsonb_agg(jsonb_build_object('startsOn', m.starts_on, 'endsOn', m.ends_on))
            from membership m where m.garden_id = c.garden_id and m.customer_id = c.id), '[]'),
          'account', (select right(n.iban, 4) from mandate n where n.garden_id = c.garden_id and n.customer_id = c.id and n.ended_on is null order by n.id desc limit 1),
          'usualSlotId', (select u.slot_id from subscription u where u.garden_id = c.garden_id and u.customer_id = c.id order by u.ends_on desc, u.id desc limit 1))
        from customer c where c.garden_id = g.id and c.id = ${customerId}::bigint and c.archived_at is null) as me
    from garden g where g.id = app_garden()`.execute(tx);
  const { settings: stored, kinds, garden, ...rest } = rows[0]!;
  const settings = readSettings(stored);
  return {
    ...rest,
    settings,
    garden: { ...garden, legalName: settings.legalName || garden.name },
    ways: kinds.map((kind) => wayOf[kind] ?? (kind as PayingWay)),
  };
}

/** How this plan may be paid by a visitor: as the plan says, among the garden's ways; debits need a creditor identifier. Never none. */
export function waysFor(plan: Pick<PlanOnOffer, 'paymentMethods'>, { ways, creditor }: Pick<Facts, 'ways' | 'creditor'>): PayingWay[] {
  const wanted: readonly PayingWay[] = plan.paymentMethods.length > 0 ? plan.paymentMethods : paymentMethods;
  const possible = wanted.filter((way) => way !== 'direct_debit' || creditor !== '');
  const had = possible.filter((way) => ways.length === 0 || ways.includes(way));
  return had.length > 0 ? had : possible.length > 0 ? possible : ['cheque'];
}
