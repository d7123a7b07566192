import { redirect } from '@sveltejs/kit';
import { makeYear, markYearPrinted, receiptsPage, sendYear } from '#domains/giving/index.server.ts';
import { yearAsked } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

/** `?annee=2026`; by itself, the year that most are asked for: the one before until the end of March. */
const yearIn = (url: URL, today: string): number => {
  const asked = Number(url.searchParams.get('annee'));
  if (Number.isInteger(asked) && asked >= 2000 && asked <= 2100) return asked;
  return Number(today.slice(0, 4)) - (today.slice(5) < '04-01' ? 1 : 0);
};

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const page = await receiptsPage(actor, yearIn(event.url, today), today);
  return {
    ...page,
    slug: garden.slug,
    home: `/gestion/${garden.slug}/dons`,
    base: `/gestion/${garden.slug}/dons/recus`,
    mayChange: can(actor, 'giving:change'),
  };
};

const several = (count: number, one: string, many: string) => (count > 1 ? `${count} ${many}` : `${count} ${one}`);

export const actions = {
  faire: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const form = await readForm(event, yearAsked);
    if (!form.ok) return form.failure;
    const made = await makeYear(actor, form.value.year, today);
    if (!made.ok) return refused(made, form.values);
    const count = made.value.length;
    leaveFlash(
      event.cookies,
      count === 0
        ? 'Il n’y avait plus de reçu à faire.'
        : `${several(count, 'reçu fait', 'reçus faits')} : envoyez-les, puis imprimez ceux qui restent.`,
    );
    redirect(303, `${event.url.pathname}?annee=${today.slice(0, 4)}`);
  },
  envoyer: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, yearAsked);
    if (!form.ok) return form.failure;
    const sent = await sendYear(actor, form.value.year);
    if (!sent.ok) return refused(sent, form.values);
    const { sent: count, left } = sent.value;
    leaveFlash(
      event.cookies,
      `${several(count, 'reçu part', 'reçus partent')} par e-mail${left > 0 ? ` ; il en reste ${left} : envoyez la suite` : ''}.`,
    );
    redirect(303, `${event.url.pathname}?annee=${form.value.year}`);
  },
  imprimes: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, yearAsked);
    if (!form.ok) return form.failure;
    const printed = await markYearPrinted(actor, form.value.year);
    if (!printed.ok) return refused(printed, form.values);
    leaveFlash(event.cookies, `${several(printed.value.printed, 'reçu noté', 'reçus notés')} comme remis.`);
    redirect(303, `${event.url.pathname}?annee=${form.value.year}`);
  },
};
