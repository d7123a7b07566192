import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { visitorOf } from '#platform/access/own.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { onlineLabels } from '../labels.ts';
import type { Notice, ProviderKind } from '../rules/provider.ts';
import { checkOnline } from './check.ts';
import { providerOf, providerRows } from './providers.ts';
import { findAbout } from './store.ts';

/** What to answer a provider: `done`: heard, whatever came of it; `unknown`: badly signed, or not a notification; `later`: send it again. */
export type Heard = 'done' | 'unknown' | 'later';

/**
 * A notification came. Its signature is checked where there is one; then the provider is asked, as it always is. Twice, late or out of order, it changes nothing.
 * What is about none of our payments is heard and forgotten. @param now milliseconds.
 */
export async function hearNotice(gardenId: number, kind: ProviderKind, notice: Notice, now: number, today: Day): Promise<Heard> {
  const visitor = visitorOf(gardenId, 'payments:change');
  const row = await readInGarden(visitor, async (tx) => (await providerRows(tx)).get(kind));
  const speaks = row ? providerOf(gardenId, row) : null;
  if (!speaks?.ok) return 'unknown';
  const read = readSafely(() => speaks.value.read(notice, now));
  if (!read.ok) return 'unknown';
  const { event, about } = read.value;
  if (about === null) return 'done';
  const found = await readInGarden(visitor, (tx) => findAbout(tx, kind, about));
  if (!found) return 'done';
  const state = await checkOnline(gardenId, found.id, today);
  await inGarden(visitor, (tx) =>
    sql`insert into online_notice (garden_id, online_payment_id, event, outcome)
      values (${gardenId}, ${found.id}, ${event.slice(0, 80)}, ${state.ok ? onlineLabels[state.value].one : state.reason})`.execute(tx),
  );
  return state.ok ? 'done' : 'later';
}

/** What strangers send may be anything. */
function readSafely<T>(read: () => Outcome<T>): Outcome<T> {
  try {
    const outcome = read();
    return outcome.ok ? done(outcome.value) : outcome;
  } catch {
    return refuse('Ce n’est pas une notification.');
  }
}
