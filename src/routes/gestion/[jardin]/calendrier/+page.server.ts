import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { lastSeason, openSeason, seasonCalendar, undecidedHolidays } from '#domains/preparation/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm } from '#edge/forms.ts';
import { seenFirst } from '#edge/seen-first.ts';
import { weekOf } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'logistics:read');
  const asked = event.url.searchParams.get('annee') ?? '';
  const current = weekOf(today).year;
  const season = await seasonCalendar(actor, /^20\d\d$/.test(asked) ? Number(asked) : current, today);
  const opens = (year: number) =>
    can(actor, 'logistics:change') && !season.years.includes(year) && year >= current && year <= lastSeason(today);
  const toCome = season.year >= current && season.weeks.length ? await undecidedHolidays(actor, season.weeks.at(-1)!.sunday, today) : null;
  const undecided = toCome?.filter(({ delivery }) => delivery.year === season.year).length ?? 0;
  return {
    season,
    undecided,
    mayChange: can(actor, 'logistics:change'),
    mayOpen: opens(season.year),
    nextToOpen: opens(season.year + 1),
  };
};

const openForm = z.object({ year: z.coerce.number().int(), confirmed: z.literal('oui').optional() });

export const actions = {
  open: async (event) => {
    const { actor, garden, today } = enter(event, 'logistics:change');
    const form = await readForm(event, openForm);
    if (!form.ok) return form.failure;
    const { year } = form.value;
    const opened = await seenFirst(form, (mode) => openSeason(actor, year, today, mode));
    if ('answer' in opened) return opened.answer;
    const { deliveries, baskets } = opened.done;
    const planned = baskets ? ' Les paniers des abonnements qui y courent sont prévus.' : ' Aucun abonnement n’y court encore.';
    leaveFlash(
      event.cookies,
      `La saison ${year} est ouverte : ${deliveries} livraisons.${planned} Pour revenir en arrière, ouvrez « Opérations ».`,
    );
    redirect(303, `/gestion/${garden.slug}/calendrier?annee=${year}`);
  },
};
