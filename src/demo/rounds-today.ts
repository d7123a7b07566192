import { deliveryToSettle, markDelivered, markStop, noteOutcome, type RoundLine, round, rounds } from '#domains/rounds/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inventPhoto } from './photo.ts';

/**
 * Last week's deliveries are done, two baskets of the first excepted; the last one waits to be said so. When a delivery is today, its first round is
 * half way, with a problem at one stop. Through the pages' own commands.
 */
export async function driveRounds(actor: Actor, today: Day): Promise<void> {
  const { today: running, late } = await rounds(actor, today);
  for (const [place, delivery] of late.slice(0, -1).entries()) await finish(actor, delivery, today, place === 0);
  if (running[0]) await drive(actor, running[0], today);
}

const outcomes = [
  { kind: 'missing', remedy: 'make_up', decision: '', note: 'Oublié au chargement' },
  { kind: 'refused', remedy: 'credit', decision: 'given', note: 'Parti sans prévenir ; donné à l’épicerie solidaire' },
] as const;

async function finish(actor: Actor, { id }: RoundLine, today: Day, noted: boolean): Promise<void> {
  if (noted) {
    const { found } = (await deliveryToSettle(actor, id, today, { search: 'a' }))!;
    for (const [at, outcome] of outcomes.entries()) {
      const basket = found?.[3 + 4 * at];
      if (basket) expect(await noteOutcome(actor, id, { ...outcome, subscription: basket.subscriptionId, quantity: 1, version: 0 }, today));
    }
  }
  const { seen } = (await deliveryToSettle(actor, id, today))!;
  expect(await markDelivered(actor, id, seen, today));
}

async function drive(actor: Actor, { id }: RoundLine, today: Day): Promise<void> {
  const stops = (await round(actor, id, today))!.stops.filter(({ counts }) => counts.some((count) => count > 0));
  const half = stops.slice(0, Math.ceil(stops.length / 2));
  for (const { slotId } of half) {
    const tick = { key: crypto.randomUUID(), slotId, kind: 'done', saidAt: null, note: '', photo: null } as const;
    expect(await markStop(actor, id, tick, today));
  }
  if (!half[1]) return;
  const note = 'Portail fermé : paniers laissés à l’accueil';
  expect(
    await markStop(
      actor,
      id,
      { key: crypto.randomUUID(), slotId: half[1].slotId, kind: 'problem', saidAt: null, note, photo: inventPhoto() },
      today,
    ),
  );
}

function expect(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.reason);
}
