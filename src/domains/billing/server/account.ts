import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/settings.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { ChargeKind } from '../rules/charge.ts';
import { type OpeningSign, openingOf } from '../rules/opening.ts';
import { held, heldIn } from '../rules/returnables.ts';
import type { Movement } from '../rules/statement.ts';
import { chargeLines } from './charges.ts';
import { movesOf, type StoredMove } from './returnable-moves.ts';
import { movementsOf } from './statement.ts';
import { depositsOf, type SubscriptionDeposit } from './subscription-deposits.ts';

/** A charge as it stands: to bill, billed, coming with each delivery, or taken off. */
export type StandingCharge = {
  /** Null: the deposit or fee of a new subscription, kept as a charge with the next bill. */
  id: number | null;
  kind: ChargeKind;
  label: string;
  note: string;
  /** Thousandths, below zero for what is given; `unitPrice` in cents. */
  quantity: number;
  unitPrice: Cents;
  per: 'once' | 'delivery';
  subscription: string | null;
  billOn: Day;
  untilOn: Day | null;
  withdrawn: boolean;
  /** Thousandths of it that stand in documents. */
  billed: number;
  /** The last document that holds it. */
  document: { id: number; number: string } | null;
  /** It comes from a container's move, which is what can be taken back. */
  fromMove: boolean;
};

export type CustomerAccount = {
  customer: { id: number; number: string; name: string; civility: string; archived: boolean; email: string };
  /** Σ of account 411000: above zero, she owes. */
  balance: Cents;
  /** What the garden brought over and has not written in the ledger yet; null when there is nothing to open. */
  unopened: { brought: Cents; sign: OpeningSign | null } | null;
  /** Latest first, each with what she owed after it. */
  movements: (Movement & { after: Cents })[];
  charges: StandingCharge[];
  containers: { returnableId: number; name: string; quantity: number; cents: Cents }[];
  moves: StoredMove[];
  kinds: { id: number; name: string; depositCents: Cents }[];
  deposits: SubscriptionDeposit[];
  subscriptions: { id: number; name: string }[];
  vatLiable: boolean;
};

type Head = CustomerAccount['customer'] & {
  brought: Cents;
  opened: Cents;
  settings: unknown;
  kinds: CustomerAccount['kinds'];
  subscriptions: CustomerAccount['subscriptions'];
};

async function head(tx: Tx, id: number, today: Day): Promise<Head | null> {
  const { rows } = await sql<Head>`
    select c.id, c.number, trim(c.last_name || ' ' || c.first_name) as name, c.civility, c.archived_at is not null as archived, c.email,
      c.opening_balance_cents as brought, g.settings,
      (select coalesce(sum(l.amount_cents), 0)::bigint from entry e join entry_line l on l.garden_id = e.garden_id and l.entry_id = e.id
        where e.garden_id = c.garden_id and l.customer_id = c.id and e.source like 'opening:%') as opened,
      coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name, 'depositCents', r.deposit_cents) order by r.position, r.id)
        from returnable r where r.garden_id = c.garden_id and r.archived_at is null), '[]') as kinds,
      coalesce((select json_agg(json_build_object('id', s.id, 'name', p.name) order by s.starts_on, s.id)
        from subscription s join product p on p.garden_id = s.garden_id and p.id = s.product_id
        where s.garden_id = c.garden_id and s.customer_id = c.id and s.ends_on >= ${today}), '[]') as subscriptions
    from customer c join garden g on g.id = c.garden_id where c.garden_id = app_garden() and c.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** Charges that are not over: to bill, of each delivery, or taken off after they were billed; and the twenty latest that were billed. One query. */
async function standing(tx: Tx, customerId: number): Promise<StandingCharge[]> {
  const { rows } = await sql<StandingCharge>`
    select * from (
      select c.id, c.kind, c.label, c.note, c.quantity_milli as quantity, c.unit_price_cents as "unitPrice", c.per, p.name as subscription,
        c.bill_on as "billOn", c.until_on as "untilOn", c.withdrawn_at is not null as withdrawn,
        (select coalesce(sum(l.quantity_milli), 0)::bigint from document_line l where l.garden_id = c.garden_id and l.charge_id = c.id) as billed,
        (select json_build_object('id', d.id, 'number', d.number) from document_line l join document d on d.garden_id = l.garden_id and d.id = l.document_id
          where l.garden_id = c.garden_id and l.charge_id = c.id order by d.id desc limit 1) as document,
        exists (select from returnable_move m where m.garden_id = c.garden_id and m.charge_id = c.id) as "fromMove"
      from charge c
      left join subscription s on s.garden_id = c.garden_id and s.id = c.subscription_id
      left join product p on p.garden_id = s.garden_id and p.id = s.product_id
      where c.garden_id = app_garden() and c.customer_id = ${customerId}
    ) known
    where not (withdrawn and billed = 0)
    order by (per = 'once' and billed = quantity and not withdrawn), "billOn" desc, id desc
    limit 60`.execute(tx);
  return rows;
}

/** Everything of a customer's account; null when there is no such customer. Six queries. */
export function customerAccount(actor: Actor, customerId: number, today: Day): Promise<CustomerAccount | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const [found, movements, charges, coming, moves, deposits] = await Promise.all([
      head(tx, customerId, today),
      movementsOf(tx, customerId, { from: null, until: null }),
      standing(tx, customerId),
      chargeLines(tx, actor.gardenId, { until: today, customerIds: [customerId] }),
      movesOf(tx, customerId),
      depositsOf(tx, customerId),
    ]);
    if (!found) return null;
    const { brought, opened, settings, kinds, subscriptions, ...customer } = found;
    const { openingSign: sign, vatLiable } = readSettings(settings);
    let balance = 0;
    const told = movements.map((movement) => {
      balance += movement.cents;
      return { ...movement, after: balance };
    });
    const unopened = sign === null ? brought !== 0 : openingOf(brought, sign) !== opened;
    const isNew = (coming.get(customerId) ?? []).filter(({ charge }) => charge === null);
    return {
      ...{ customer, balance, movements: told.reverse(), moves, deposits, kinds, subscriptions, vatLiable },
      unopened: unopened ? { brought, sign } : null,
      charges: [
        ...isNew.map(
          (line): StandingCharge => ({
            ...{
              id: null,
              kind: line.account === '419600' ? 'deposit' : 'container_fee',
              label: line.label,
              note: '',
              billOn: today,
              untilOn: null,
            },
            ...{
              quantity: line.quantity,
              unitPrice: line.unitPrice,
              per: 'once',
              subscription: null,
              withdrawn: false,
              billed: 0,
              document: null,
              fromMove: false,
            },
          }),
        ),
        ...charges,
      ],
      containers: [...Map.groupBy(moves, (move) => move.returnableId)]
        .map(([returnableId, some]) => ({ returnableId, name: some[0]!.returnable, ...heldIn(held(some)) }))
        .filter(({ quantity }) => quantity > 0),
    };
  });
}

export type CustomerBalance = { balance: Cents; unopened: { brought: Cents; sign: OpeningSign | null } | null };

/** What a customer owes in all, for her record. One query. */
export function customerBalance(actor: Actor, customerId: number): Promise<CustomerBalance> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ balance: Cents; brought: Cents; opened: Cents; settings: unknown }>`
      select c.opening_balance_cents as brought, g.settings,
        coalesce(sum(l.amount_cents), 0)::bigint as balance, coalesce(sum(l.amount_cents) filter (where e.source like 'opening:%'), 0)::bigint as opened
      from customer c
      join garden g on g.id = c.garden_id
      left join (entry_line l join entry e on e.garden_id = l.garden_id and e.id = l.entry_id
        join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = '411000')
        on l.garden_id = c.garden_id and l.customer_id = c.id
      where c.garden_id = app_garden() and c.id = ${customerId}
      group by c.garden_id, c.id, g.id`.execute(tx);
    const found = rows[0];
    if (!found) return { balance: 0, unopened: null };
    const sign = readSettings(found.settings).openingSign;
    const unopened = sign === null ? found.brought !== 0 : openingOf(found.brought, sign) !== found.opened;
    return { balance: found.balance, unopened: unopened ? { brought: found.brought, sign } : null };
  });
}
