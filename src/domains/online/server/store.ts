import { type RawBuilder, sql } from 'kysely';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { About, ProviderKind } from '../rules/provider.ts';
import type { OnlineState } from '../rules/settle.ts';

/** A try to pay, as the machinery needs it. Never sent to a page as it is. */
export type Try = {
  id: number;
  token: string;
  customer: number;
  provider: ProviderKind;
  amount: Cents;
  purpose: string;
  document: number | null;
  /** What it is about, for who asked for it. */
  about: string | null;
  returnTo: string;
  state: OnlineState;
  reason: string;
  reference: string | null;
  address: string | null;
  providerPayment: string | null;
  received: Cents | null;
  payment: number | null;
  refund: number | null;
  expiresAt: Date | null;
  /** Past its hour, with some minutes for whoever pays at the last. */
  late: boolean;
  garden: { name: string; accent: string | null };
  /** Since the session was opened. */
  minutes: number;
};

const columns = sql`p.id, p.token, p.customer_id as customer, p.provider, p.amount_cents as amount, p.purpose, p.document_id as document, p.about,
  p.return_to as "returnTo", p.state, p.reason, p.reference, p.address, p.provider_payment as "providerPayment", p.received_cents as received,
  (select jsonb_build_object('name', g.name, 'accent', g.accent) from garden g where g.id = p.garden_id) as garden, p.payment_id as payment, p.refund_id as refund, p.expires_at as "expiresAt", coalesce(p.expires_at < now() - interval '15 minutes', false) as late,
  extract(epoch from now() - coalesce(p.started_at, p.created_at))::int / 60 as minutes`;

async function one(tx: Tx, where: RawBuilder<unknown>, lock: boolean): Promise<Try | null> {
  const { rows } = await sql<Try>`
    select ${columns} from online_payment p where p.garden_id = app_garden() and ${where} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

export const findTry = (tx: Tx, id: number, { lock = false } = {}): Promise<Try | null> => one(tx, sql`p.id = ${id}`, lock);
export const findByToken = (tx: Tx, token: string): Promise<Try | null> => one(tx, sql`p.token = ${token}`, false);

/** The try that a notification is about; null when it is none of ours. One query. */
export async function findAbout(tx: Tx, provider: ProviderKind, { reference, token, payment }: About): Promise<Try | null> {
  return one(
    tx,
    sql`p.provider = ${provider} and (p.reference = ${reference ?? null} or p.token = ${token ?? null} or p.provider_payment = ${payment ?? null})`,
    false,
  );
}

/** Something became known of it: who asked for it is told by a job, in the transaction that writes it. Said twice meanwhile, told once. */
export async function tellAbout(tx: Tx, gardenId: number, id: number): Promise<void> {
  const payload = JSON.stringify({ garden: gardenId, payment: id });
  await sql`select enqueue_online('online_settled', ${payload}::jsonb, now(), ${`online-settled:${gardenId}:${id}`})`.execute(tx);
}

/** Asks a job for it at that hour, in so many minutes. */
export async function askLater(tx: Tx, gardenId: number, id: number, minutes: number): Promise<void> {
  const payload = JSON.stringify({ garden: gardenId, payment: id });
  await sql`select enqueue_online('online_check', ${payload}::jsonb, now() + make_interval(mins => ${minutes}), ${`online:${gardenId}:${id}`})`.execute(
    tx,
  );
}
