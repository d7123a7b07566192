import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { depot, slotOptions } from '#domains/logistics/index.server.ts';
import { closeSlot, slotStandings } from '#domains/subscriptions/index.server.ts';
import { sayStanding } from '#domains/subscriptions/rules/capacity.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormValues, readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const [found, options, standings] = await Promise.all([
    depot(actor, idIn(event.params.id)),
    slotOptions(actor),
    slotStandings(actor, today),
  ]);
  if (!found) error(404, { message: 'Ce point de dépôt n’existe plus.' });
  const own = new Set(found.slots.map((slot) => slot.id));
  return {
    depot: { id: found.id, name: found.name },
    slots: options.filter(({ id }) => own.has(id)).map(({ id, label }) => ({ value: id, label })),
    replacements: options.map(({ id, label }) => {
      const standing = standings[id];
      return { value: id, label: standing && standing.state !== 'free' ? `${label} (${sayStanding(standing)})` : label };
    }),
    today,
  };
};

const tick = z.preprocess((value) => value === 'on', z.boolean());
const closingForm = z.object({
  slot: z.coerce.number({ error: 'Choisissez un passage.' }).int().min(1, 'Choisissez un passage.'),
  du: z.iso.date(),
  jusqu: z.iso.date(),
  remplacement: z.preprocess((value) => (value === '' ? null : value), z.coerce.number().int().min(1).nullable()),
  raison: z.string().trim().max(120),
  prevenir: tick,
  beyond: tick,
});
type ClosingForm = z.output<typeof closingForm>;

const work = (actor: Actor, form: ClosingForm, today: Day, mode: 'preview' | 'apply') =>
  closeSlot(
    actor,
    {
      slotId: form.slot,
      from: form.du,
      until: form.jusqu,
      replacementSlotId: form.remplacement,
      reason: form.raison,
      notify: form.prevenir,
      beyond: form.beyond,
    },
    { today, mode },
  );

/** A slot of another depot is not closed from this page. */
async function isHere(actor: Actor, depotId: number, slotId: number): Promise<boolean> {
  return (await depot(actor, depotId))?.slots.some((slot) => slot.id === slotId) ?? false;
}

const elsewhere = (values: FormValues) =>
  refused({ ok: false, reason: 'Ce passage n’est pas à ce dépôt.', fields: { slot: 'Choisissez un passage.' } }, values);

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'logistics:change');
    const form = await readForm(event, closingForm);
    if (!form.ok) return form.failure;
    if (!(await isHere(actor, idIn(event.params.id), form.value.slot))) return elsewhere(form.values);
    const told = await work(actor, form.value, today, 'preview');
    return told.ok ? { values: form.values, preview: { ...told.value, form: form.value } } : refused(told, form.values);
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, closingForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    if (!(await isHere(actor, id, form.value.slot))) return elsewhere(form.values);
    const done = await work(actor, form.value, today, 'apply');
    if (!done.ok) return refused(done, form.values);
    const { written, toCall, closingId } = done.value;
    const told =
      form.value.prevenir && written.length
        ? ` ${written.length === 1 ? 'Un message part' : `${written.length} messages partent`} par e-mail.`
        : '';
    leaveFlash(
      event.cookies,
      `La fermeture est enregistrée.${told}${toCall.length ? ' Voici les personnes à appeler.' : ''} Pour revenir en arrière, ouvrez « Opérations ».`,
    );
    redirect(303, `/gestion/${garden.slug}/depots/${id}/fermetures/${closingId}`);
  },
};
