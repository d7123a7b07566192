import { createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { done, refuse } from '#kernel/outcome.ts';
import { visitorOf } from '#platform/access/own.ts';
import { ensureSecret } from '#platform/auth/secret.ts';
import { config } from '#platform/config.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { Found, PaymentProvider } from '../rules/provider.ts';
import { tokenOf } from '../rules/token.ts';
import { same } from './same.ts';

/** A session of trying ends after an hour, as those of the others. */
const lifetime = 60 * 60_000;
const notice = z.object({ event: z.string(), session: z.string(), ours: z.string() });

/** What this provider signs its notifications with, as another company would with a key that it gave. */
export const signTest = (body: string): string => createHmac('sha256', ensureSecret()).update(`paiement-test:${body}`).digest('hex');

/** The provider for trying: pages of ours at `/paiement-test/…`, a memory of its own, notifications over HTTP. Demonstration alone. */
export function testProvider(gardenId: number): PaymentProvider {
  const visitor = visitorOf(gardenId, 'payments:change');
  return {
    start: (wish) =>
      inGarden(visitor, async (tx) => {
        const token = tokenOf(gardenId, randomBytes(16).toString('base64url'));
        await sql`
          insert into online_test_session (garden_id, token, label, amount_cents, ours, return_url, cancel_url)
          values (${gardenId}, ${token}, ${wish.label}, ${wish.cents}, ${wish.token}, ${wish.returnUrl}, ${wish.cancelUrl})`.execute(tx);
        return done({
          reference: token,
          address: `${config.publicUrl()}/paiement-test/${token}`,
          expiresAt: new Date(Date.now() + lifetime),
        });
      }),

    read({ body, header }) {
      if (!same(header('x-essai-signature') ?? '', signTest(body))) return refuse('La signature n’est pas la bonne.');
      const { event, session, ours } = notice.parse(JSON.parse(body));
      return done({ event, about: { reference: session, token: ours } });
    },

    verify: (reference) =>
      readInGarden(visitor, async (tx) => {
        const { rows } = await sql<{ state: Found['state']; known: boolean; cents: number }>`
          select case when state = 'open' and created_at < now() - interval '1 hour' then 'expired' else state end as state,
            coalesce(known_at <= now(), true) as known, amount_cents as cents
          from online_test_session where garden_id = app_garden() and token = ${reference}`.execute(tx);
        const [found] = rows;
        if (!found) return refuse('ne connaît pas ce paiement');
        // A payment that takes its time: nobody knows yet, the provider no more than others.
        if (!found.known) return done({ state: 'open' as const, cents: 0, payment: null });
        const took = found.state === 'paid' || found.state === 'refunded';
        const reason = found.state === 'failed' ? { reason: 'La banque a refusé la carte.' } : {};
        return done({ state: found.state, cents: took ? found.cents : 0, payment: took ? `essai-${reference}` : null, ...reason });
      }),

    refund: (payment) =>
      inGarden(visitor, async (tx) => {
        const { rows } = await sql`
          update online_test_session set state = 'refunded'
          where garden_id = app_garden() and 'essai-' || token = ${payment} and state in ('paid', 'refunded') returning id`.execute(tx);
        return rows.length > 0 ? done(null) : refuse('ne connaît pas ce paiement');
      }),

    check: async () => done('prestataire d’essai'),
  };
}
