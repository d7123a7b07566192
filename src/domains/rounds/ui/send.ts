import type { Mark } from '../rules/marks.ts';
import type { Kept, Outbox } from './outbox.ts';

/** What the garden answers to something said of a stop. */
export type Answer = { taken: true; at: string; marks: Mark[] } | { taken: false; reason: string };

/** `signed_out`: the garden no longer knows who speaks; what waits, waits on. */
export type Sent = { state: 'sent' | 'no_network' | 'signed_out'; told: { deliveryId: number; at: string; marks: Mark[] } | null };

/**
 * Sends what waits, one after the other in the order it was said, until all is sent or the network fails. Two pages of one telephone do not send
 * at once where the browser can tell; if they do, what is sent twice counts once.
 */
export async function sendAll(outbox: Outbox): Promise<Sent> {
  const work = () => sendInOrder(outbox);
  return navigator.locks ? navigator.locks.request('cocagne-tournee', work) : work();
}

async function sendInOrder(outbox: Outbox): Promise<Sent> {
  let told: Sent['told'] = null;
  for (const gesture of await outbox.all()) {
    if (gesture.takenAt || gesture.refusal) continue;
    const answer = await post(gesture);
    if (answer === 'no_network' || answer === 'signed_out') return { state: answer, told };
    if (answer.taken) {
      told = { deliveryId: gesture.deliveryId, at: answer.at, marks: answer.marks };
      await outbox.put({ ...gesture, takenAt: answer.at, photo: null });
    } else await outbox.put({ ...gesture, refusal: answer.reason });
  }
  return { state: 'sent', told };
}

async function post(gesture: Kept): Promise<Answer | 'no_network' | 'signed_out'> {
  const body = new FormData();
  body.append('kind', gesture.kind);
  body.append('slot', String(gesture.slotId));
  body.append('key', gesture.key);
  body.append('said', gesture.saidAt);
  body.append('note', gesture.note);
  if (gesture.photo) body.append('photo', gesture.photo, 'photo');
  let response: Response;
  try {
    response = await fetch(gesture.url, { method: 'POST', body, signal: AbortSignal.timeout(gesture.photo ? 90_000 : 20_000) });
  } catch {
    return 'no_network';
  }
  // The sign-in page came instead.
  if (response.redirected) return 'signed_out';
  if (response.status >= 500) return 'no_network';
  const answer = (await response.json().catch(() => null)) as Answer | { message?: string } | null;
  if (answer && 'taken' in answer) return answer;
  return { taken: false, reason: answer?.message ?? 'Le jardin n’a pas pu prendre ce pointage.' };
}
