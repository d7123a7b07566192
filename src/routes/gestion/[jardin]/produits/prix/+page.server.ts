import { redirect } from '@sveltejs/kit';
import { listProduce, setPrices } from '#domains/produce/index.server.ts';
import { pricesForm, pricesIn } from '#domains/produce/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { parseDay } from '#kernel/day.ts';

/** `?jour=2026-07-06&tous=oui`: from which day, and whether what is out of season is shown too. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'catalogue:change');
  const params = event.url.searchParams;
  const day = parseDay(params.get('jour') ?? '') ?? today;
  const { rows } = await listProduce(actor, day);
  const month = Number(day.slice(5, 7));
  const all = params.get('tous') === 'oui';
  // What has a price stays in sight, even out of season: from the cellar, or bought.
  const inSeason = rows.filter(({ months, unitPrice }) => unitPrice !== null || months.length === 0 || months.includes(month));
  return { rows: all ? rows : inSeason, day, all, today, counts: { inSeason: inSeason.length, all: rows.length } };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'catalogue:change');
    const ids = (await listProduce(actor, today)).rows.map(({ id }) => id);
    const form = await readForm(event, pricesForm(ids));
    if (!form.ok) return form.failure;
    const done = await setPrices(actor, form.value.startsOn, pricesIn(form.value, ids));
    if (!done.ok) return refused(done, form.values);
    const { written } = done.value;
    leaveFlash(
      event.cookies,
      written === 0 ? 'Aucun prix n’a changé.' : written === 1 ? 'Un prix est enregistré.' : `${written} prix sont enregistrés.`,
    );
    redirect(303, `/gestion/${garden.slug}/produits`);
  },
};
