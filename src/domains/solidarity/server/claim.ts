import { sql } from 'kysely';
import { issue, whyNotThatDay } from '#domains/billing/index.server.ts';
import type { Draft } from '#domains/billing/rules/draft.ts';
import { closedUntil, post } from '#domains/ledger/index.server.ts';
import { refuseClosed } from '#domains/ledger/labels.ts';
import { addDays, type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { accruedAccount } from '../rules/posting.ts';
import { type ClaimablePart, claimable } from './claim-lines.ts';
import { settle } from './settle.ts';

export type ClaimWish = {
  funderId: number;
  until: Day;
  day: Day;
  dueOn: Day /** What the page showed, in cents. */;
  seen: Cents;
  key: string;
};

type FunderRow = { name: string; customer: number | null; reference: string };

/**
 * Claims from a funder all that it owes up to a day and was not asked for: an invoice of complements of prices, a call for subsidies, or both. One form sent
 * twice claims once. Corrections of what was claimed before are among what it takes.
 */
export function makeClaim(actor: Actor, wish: ClaimWish, today: Day): Promise<Outcome<{ id: number; number: string }[]>> {
  requireRight(actor, 'solidarity:change');
  if (wish.dueOn < wish.day)
    return Promise.resolve(refuse('L’échéance vient avant la demande.', { dueOn: 'Avant la date de la demande.' }));
  if (wish.until >= today) return Promise.resolve(refuse('La période n’est pas finie.', { until: 'Choisissez hier au plus tard.' }));
  return inGarden(actor, async (tx) => {
    await settle(tx, actor.gardenId, addDays(today, -1));
    const before = await made(tx, wish.key);
    if (before.length > 0) return done(before);
    const funder = await funderOf(tx, wish.funderId);
    if (!funder?.customer) return refuse('Rien ne se demande à ce financeur.');
    const parts = await claimable(tx, wish.funderId, wish.until);
    const total = parts.reduce((sum, { cents }) => sum + cents, 0);
    if (parts.length === 0 || parts.every(({ cents }) => cents === 0))
      return refuse('Il n’y a rien à demander à ce financeur pour cette période.');
    if (total !== wish.seen)
      return refuse(`Ce qui est à demander vient de changer : ${formatEuros(total)} maintenant. Relisez, puis confirmez à nouveau.`);
    const kinds = Map.groupBy(parts, ({ treatment }) => treatment);
    const invoiced = kinds.get('price_complement') ?? [];
    const called = kinds.get('subsidy') ?? [];
    const against = await whyNotDay(tx, wish.day, invoiced);
    if (against) return against;
    if (invoiced.some(({ cents }) => cents !== 0)) await invoice(tx, actor.gardenId, wish, funder, invoiced);
    if (called.some(({ cents }) => cents !== 0)) await call(tx, actor.gardenId, wish, funder, called);
    return done(await made(tx, wish.key));
  });
}

async function whyNotDay(tx: Tx, day: Day, invoiced: readonly ClaimablePart[]) {
  const sum = invoiced.reduce((all, { cents }) => all + cents, 0);
  if (invoiced.length > 0) return whyNotThatDay(tx, sum < 0 ? 'credit_note' : 'invoice', day);
  const closed = await closedUntil(tx);
  return closed && day <= closed ? refuseClosed(closed) : null;
}

const keyed = (key: string, kind: 'invoice' | 'call') => `${key}:${kind}`;

async function made(tx: Tx, key: string): Promise<{ id: number; number: string }[]> {
  const keys = [keyed(key, 'invoice'), keyed(key, 'call')];
  const { rows } = await sql<{ id: number; number: string }>`
    select id, number from claim where garden_id = app_garden() and key = any(${keys}::text[]) order by id`.execute(tx);
  return rows;
}

async function funderOf(tx: Tx, id: number): Promise<FunderRow | undefined> {
  const { rows } = await sql<FunderRow>`
    select name, customer_id as customer, reference from funder where garden_id = app_garden() and id = ${id}`.execute(tx);
  return rows[0];
}

const periodOf = (parts: readonly ClaimablePart[]) => ({
  from: parts.map(({ from }) => from).sort()[0]!,
  until: parts
    .map(({ until }) => until)
    .sort()
    .at(-1)!,
});
const saying = (from: Day, until: Day) => `du ${shortDay(from)} au ${shortDay(until)}`;

/** An invoice of billing on the accrual, a line for each rate; what rounding leaves on the accrual goes to sundry income or expense. */
async function invoice(tx: Tx, gardenId: number, wish: ClaimWish, funder: FunderRow, parts: readonly ClaimablePart[]): Promise<void> {
  const { from, until } = periodOf(parts);
  const lines: Draft['lines'] = parts
    .filter(({ cents }) => cents !== 0)
    .map(({ cents, vatBasisPoints }) => ({
      ...{
        kind: 'charge',
        label: 'Complément de prix de paniers solidaires',
        detail: `Paniers livrés ${saying(from, until)}`,
        from,
        until,
      },
      ...{ quantity: cents < 0 ? -1000 : 1000, unitPrice: Math.abs(cents), vatBasisPoints, vatIncluded: true, account: accruedAccount },
    }));
  const title = `Paniers solidaires ${saying(from, until)}`;
  const { day, dueOn } = wish;
  const draft: Draft = {
    customer: funder.customer!,
    day,
    dueOn,
    title,
    note: funder.reference,
    source: keyed(`claim:${wish.key}`, 'invoice'),
    lines,
  };
  const [issued] = await issue(tx, gardenId, [draft]);
  if (!issued) throw new Error(`The claim ${wish.key} was issued already.`);
  await clearRounding(tx, issued, parts, funder.customer!, day);
  await keep(tx, gardenId, wish, parts, { kind: 'invoice', number: issued.number, documentId: issued.id, entryId: null });
}

async function clearRounding(
  tx: Tx,
  issued: { id: number; number: string },
  parts: readonly ClaimablePart[],
  customer: number,
  day: Day,
): Promise<void> {
  const entries = [...new Set(parts.flatMap((part) => part.entries))];
  const { rows } = await sql<{ left: Cents }>`
    select coalesce(sum(l.amount_cents), 0)::bigint as left from entry_line l
    join account a on a.garden_id = l.garden_id and a.id = l.account_id and a.number = ${accruedAccount}
    where l.garden_id = app_garden() and (l.entry_id = any(${entries}::bigint[])
      or l.entry_id = (select d.entry_id from document d where d.garden_id = app_garden() and d.id = ${issued.id}))`.execute(tx);
  const { left } = rows[0]!;
  if (left === 0) return;
  await post(tx, 'OD', [
    {
      ...{
        day,
        label: `Arrondis de ${issued.number}`,
        document: issued.number,
        documentDay: day,
        source: `claim-rounding:${issued.number}`,
      },
      lines: [
        { account: accruedAccount, amount: -left, customer },
        { account: left > 0 ? '658000' : '758000', amount: left },
      ],
    },
  ]);
}

/** The number of the next call of a year, within the lock of solidarity. */
export async function nextCallNumber(tx: Tx, day: Day): Promise<string> {
  const year = day.slice(0, 4);
  const { rows } = await sql<{ made: number }>`
    select count(*)::integer as made from claim where garden_id = app_garden() and kind = 'call' and number like ${`S${year}-%`}`.execute(
    tx,
  );
  return `S${year}-${String(rows[0]!.made + 1).padStart(4, '0')}`;
}

/** A call for a subsidy, numbered by year: what was to be asked for is owed by the funder. */
async function call(tx: Tx, gardenId: number, wish: ClaimWish, funder: FunderRow, parts: readonly ClaimablePart[]): Promise<void> {
  const cents = parts.reduce((sum, part) => sum + part.cents, 0);
  const number = await nextCallNumber(tx, wish.day);
  const { day } = wish;
  const lines = [
    { account: '411000', amount: cents, customer: funder.customer! },
    { account: accruedAccount, amount: -cents, customer: funder.customer! },
  ];
  const label = `Demande de paiement ${number} ${funder.name}`;
  const [entry] =
    cents === 0 ? [] : await post(tx, 'VE', [{ day, label, document: number, documentDay: day, source: `claim:${number}`, lines }]);
  await keep(tx, gardenId, wish, parts, { kind: 'call', number, documentId: null, entryId: entry?.id ?? null });
}

type Kept = { kind: 'invoice' | 'call'; number: string; documentId: number | null; entryId: number | null };

async function keep(tx: Tx, gardenId: number, wish: ClaimWish, parts: readonly ClaimablePart[], kept: Kept): Promise<void> {
  const { from, until } = periodOf(parts);
  const cents = parts.reduce((sum, part) => sum + part.cents, 0);
  const { rows } = await sql<{ id: number }>`
    insert into claim (garden_id, funder_id, kind, number, day, due_on, from_on, until_on, cents, document_id, entry_id, key)
    values (${gardenId}, ${wish.funderId}, ${kept.kind}, ${kept.number}, ${wish.day}, ${wish.dueOn}, ${from}, ${until}, ${cents}, ${kept.documentId},
      ${kept.entryId}, ${keyed(wish.key, kept.kind)}) returning id`.execute(tx);
  const linesOf = (of: ClaimablePart['of']) => parts.flatMap((part) => (part.of === of ? part.lines : []));
  await sql`
    with workshops as (
      insert into claim_cost_line (garden_id, claim_id, cost_line_id) select ${gardenId}, ${rows[0]!.id}, l from unnest(${linesOf('workshops')}::bigint[]) l
    )
    insert into claim_line (garden_id, claim_id, payer_line_id)
    select ${gardenId}, ${rows[0]!.id}, l from unnest(${linesOf('baskets')}::bigint[]) l`.execute(tx);
}

/** A claim left, on a day that is kept; sent again, the first time counts. */
export function markClaimSent(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'solidarity:change');
  return inGarden(actor, async (tx) => {
    const { numAffectedRows } = await sql`
      update claim set sent_at = coalesce(sent_at, now()), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(tx);
    return numAffectedRows ? done(null) : refuse('Cette demande n’existe pas.');
  });
}
