import { json } from '@sveltejs/kit';
import { markStop, marksOf, unmarkStop } from '#domains/rounds/index.server.ts';
import { markForm } from '#domains/rounds/schema.ts';
import type { Answer } from '#domains/rounds/ui/send.ts';
import { enter } from '#edge/enter.ts';
import { readForm } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

/** Something said of a stop, as the page of the round sends it when the network is back. Taken, it answers all that is known of the round. */
export const POST = async (event) => {
  const { actor, today } = enter(event, 'rounds:change');
  const form = await readForm(event, markForm);
  if (!form.ok) return json({ taken: false, reason: form.failure.data.message } satisfies Answer);
  const { kind, slot: slotId, key, said, note, photo } = form.value;
  const id = idIn(event.params.livraison);
  const content = photo && new Uint8Array(await photo.arrayBuffer());
  const done =
    kind === 'undo'
      ? await unmarkStop(actor, id, key)
      : await markStop(actor, id, { kind, slotId, key, note, saidAt: said ?? null, photo: content }, today);
  const answer: Answer = done.ok ? { taken: true, ...(await marksOf(actor, id)) } : { taken: false, reason: done.reason };
  return json(answer);
};
