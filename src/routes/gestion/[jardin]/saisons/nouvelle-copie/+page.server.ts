import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { seasons } from '#domains/logistics/index.server.ts';
import { parsePercent } from '#domains/plans/rules/raise.ts';
import { copySeason, type SeasonCopyForm, seasonToCopy } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:change');
  const all = await seasons(actor);
  const asked = Number(event.url.searchParams.get('depuis'));
  const from = all.find((one) => one.id === asked) ?? all[0];
  return {
    seasons: all,
    proposed: from ? await seasonToCopy(actor, from.id, today) : null,
    mayChangePlans: can(actor, 'catalogue:change'),
    today,
  };
};

const copyForm = z.object({
  depuis: z.coerce.number().int().positive(),
  name: z.string().trim().min(1).max(80),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  /** « 2026-52 » */
  closed: z.array(z.string().regex(/^\d{4}-\d{1,2}$/)).default([]),
  plans: z.array(z.coerce.number().int().positive()).default([]),
  percent: z
    .string()
    .trim()
    .default('0')
    .transform((text, context) => {
      const points = parsePercent(text === '' ? '0' : text);
      if (points !== null) return points;
      context.addIssue({ code: 'custom', message: 'Écrivez un pourcentage entre -50 et 100, par exemple 2,5.' });
      return z.NEVER;
    }),
  step: z.enum(['5', '10']).default('5'),
});

const asked = ({ name, startsOn, endsOn, closed, plans, percent, step }: z.output<typeof copyForm>): SeasonCopyForm => ({
  ...{ name, startsOn, endsOn, planIds: plans },
  closed: closed.map((text) => {
    const [year, week] = text.split('-').map(Number) as [number, number];
    return { year, week };
  }),
  raise: { basisPoints: percent, step: step === '10' ? 10 : 5 },
});

export const actions = {
  apercu: async (event) => {
    const { actor, today } = enter(event, 'logistics:change');
    const form = await readForm(event, copyForm);
    if (!form.ok) return form.failure;
    const told = await copySeason(actor, form.value.depuis, asked(form.value), { today, mode: 'preview' });
    if (!told.ok) return refused(told, form.values);
    if (!told.value) return refused({ ok: false, reason: 'Cette saison existe déjà.' }, form.values);
    return { values: form.values, preview: told.value };
  },
  appliquer: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, copyForm);
    if (!form.ok) return form.failure;
    const done = await copySeason(actor, form.value.depuis, asked(form.value), { today, mode: 'apply' });
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `« ${form.value.name} » est prête. Pour revenir en arrière, ouvrez « Opérations ».`);
    redirect(303, `/gestion/${garden.slug}/saisons`);
  },
};
