import { sql } from 'kysely';
import type { Cents } from '#kernel/money.ts';
import { visitorOf } from '#platform/access/own.ts';
import { config } from '#platform/config.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { gardenIn } from '../rules/token.ts';
import { signTest } from './test-provider.ts';

/** What the page of the provider for trying shows. */
export type TestSession = { label: string; cents: Cents; state: string; cancelUrl: string };

/** What can be tried there, each a way in which real payments go. */
export const testActs = ['payer', 'deux-fois', 'en-retard', 'sans-prevenir', 'refuser'] as const;
export type TestAct = (typeof testActs)[number];

/** Seconds after which a late payment is known. */
export const lateBy = 6;

const gardenOf = (token: string): number | null => (config.demo() ? gardenIn(token) : null);

/** One session; null when there is none, or out of a demonstration. */
export async function testSession(token: string): Promise<TestSession | null> {
  const gardenId = gardenOf(token);
  if (gardenId === null) return null;
  return readInGarden(visitorOf(gardenId), async (tx) => {
    const { rows } = await sql<TestSession>`
      select label, amount_cents as cents, state, cancel_url as "cancelUrl" from online_test_session
      where garden_id = app_garden() and token = ${token}`.execute(tx);
    return rows[0] ?? null;
  });
}

/**
 * Plays the payer and the bank: the session changes once, notifications leave by the queue, over HTTP, as another company's would.
 * @returns where the browser goes back to; null when there is no such session.
 */
export async function actInTest(token: string, act: TestAct): Promise<string | null> {
  const gardenId = gardenOf(token);
  if (gardenId === null) return null;
  return inGarden(visitorOf(gardenId), async (tx) => {
    const { rows } = await sql<{ returnUrl: string; changed: boolean }>`
      with changed as (
        update online_test_session set state = ${act === 'refuser' ? 'failed' : 'paid'},
          known_at = case when ${act === 'en-retard'} then now() + make_interval(secs => ${lateBy}) end
        where garden_id = app_garden() and token = ${token} and state = 'open' returning id)
      select return_url as "returnUrl", exists (select from changed) as changed
      from online_test_session where garden_id = app_garden() and token = ${token}`.execute(tx);
    const [found] = rows;
    if (!found) return null;
    if (found.changed && act !== 'sans-prevenir') {
      const payload = JSON.stringify({ garden: gardenId, session: token, event: act === 'refuser' ? 'payment.failed' : 'payment.paid' });
      for (const seconds of act === 'deux-fois' ? [0, 0, 2] : [act === 'en-retard' ? lateBy : 0]) {
        await sql`select enqueue_online('online_test_notice', ${payload}::jsonb, now() + make_interval(secs => ${seconds}), null)`.execute(
          tx,
        );
      }
    }
    return found.returnUrl;
  });
}

/** The job `online_test_notice`: sends a notification to where this installation hears them. Throws when it is not heard: the queue tries again. */
export async function notifyOfTest(gardenId: number, session: string, event: string): Promise<void> {
  const sent = await readInGarden(visitorOf(gardenId), async (tx) => {
    const { rows } = await sql<{ ours: string; slug: string }>`
      select s.ours, g.slug from online_test_session s join garden g on g.id = s.garden_id
      where s.garden_id = app_garden() and s.token = ${session}`.execute(tx);
    return rows[0];
  });
  if (!sent || !config.demo()) return;
  const body = JSON.stringify({ event, session, ours: sent.ours });
  const headers = { 'content-type': 'application/json', 'x-essai-signature': signTest(body) };
  const answer = await fetch(`${config.publicUrl()}/api/paiements/test/${sent.slug}`, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`The notification was not heard: ${answer.status}`);
}
