import { sql } from 'kysely';
import { openExceptions, waitingAccountRequests } from '#domains/account/index.server.ts';
import type { MoneyGlance } from '#domains/receivables/index.server.ts';
import { signupsToHandle } from '#domains/signup/index.server.ts';
import { solidarityGlance } from '#domains/solidarity/index.server.ts';
import { slotStandings } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Alert, alertsOf } from '../rules/alerts.ts';

type Own = { waiting: number; failedMessages: number; onlineToRecord: number };

/** Messages that did not arrive within these days: older ones were seen or given up. */
const recent = 14;

/**
 * What deserves a look, each under its own right: what a person may not open is not counted for her. Six questions asked together.
 * @param money as the page has it already; null for who may not read balances.
 */
export async function deskAlerts(actor: Actor, today: Day, money: MoneyGlance | null): Promise<Alert[]> {
  requireRight(actor, 'any');
  const sells = can(actor, 'subscriptions:read');
  const [signups, exceptions, requests, standings, solidarity, own] = await Promise.all([
    sells ? signupsToHandle(actor) : null,
    sells ? openExceptions(actor) : null,
    can(actor, 'customers:read') ? waitingAccountRequests(actor) : null,
    can(actor, 'logistics:read') ? slotStandings(actor, today) : null,
    can(actor, 'solidarity:read') ? solidarityGlance(actor, today) : null,
    ownCounts(actor),
  ]);
  return alertsOf({
    ...{ signups, exceptions, requests },
    waiting: sells ? own.waiting : null,
    fullSlots: standings ? Object.values(standings).filter((one) => one.state === 'full').length : null,
    failedMessages: can(actor, 'messages:read') ? own.failedMessages : null,
    onlineToRecord: can(actor, 'payments:read') ? own.onlineToRecord : null,
    rejected: money?.rejected ?? null,
    referrals: solidarity?.referrals ?? null,
    undecided: solidarity?.undecided ?? null,
    lowEnvelopes: solidarity?.lowEnvelopes ?? null,
    lateClaims: solidarity?.lateClaims ?? null,
    late: money ? { customers: money.lateCustomers, cents: money.late } : null,
  });
}

function ownCounts(actor: Actor): Promise<Own> {
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Own>`
      select (select count(*)::int from waiting_entry where garden_id = app_garden() and state in ('waiting', 'offered')) as waiting,
        (select count(*)::int from message where garden_id = app_garden() and state in ('failed', 'bounced')
          and created_at > now() - make_interval(days => ${recent})) as "failedMessages",
        (select count(*)::int from online_payment where garden_id = app_garden()
          and (state = 'paid' and payment_id is null or state = 'refunded' and refund_id is null)) as "onlineToRecord"`.execute(tx);
    return rows[0]!;
  });
}
