import { redirect } from '@sveltejs/kit';
import { dedicatedPage, postDedicated } from '#domains/giving/index.server.ts';
import { untilForm } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { parseDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

/** `?au=31/12/2026`: the last day of a year; by itself, that of the calendar year before. */
export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const until = parseDay(event.url.searchParams.get('au') ?? '') ?? `${Number(today.slice(0, 4)) - 1}-12-31`;
  const base = `/gestion/${garden.slug}/dons`;
  return {
    until,
    today,
    funds: await dedicatedPage(actor, until),
    slug: garden.slug,
    base,
    mayChange: can(actor, 'giving:change'),
  };
};

export const actions = {
  default: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const form = await readForm(event, untilForm);
    if (!form.ok) return form.failure;
    const posted = await postDedicated(actor, form.value.until, today);
    if (!posted.ok) return refused(posted, form.values);
    const { posted: count } = posted.value;
    leaveFlash(
      event.cookies,
      count === 0 ? 'Tout était déjà en comptabilité.' : `${count > 1 ? `${count} écritures passées` : '1 écriture passée'}.`,
    );
    redirect(303, `${event.url.pathname}?au=${form.value.until}`);
  },
};
