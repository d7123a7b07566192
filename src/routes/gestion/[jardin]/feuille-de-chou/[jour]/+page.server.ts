import { redirect } from '@sveltejs/kit';
import { newsletter, saveNewsletter } from '#domains/composition/index.server.ts';
import { newsletterForm } from '#domains/composition/schema-newsletter.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { dayIn, noDelivery } from '../day-in.ts';

/** `?reprendre=1` puts the latest news into the form; nothing is written until it is saved. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  const day = dayIn(event.params.jour);
  const found = (await newsletter(actor, day, today)) ?? noDelivery();
  const again = event.url.searchParams.has('reprendre') ? found.before : null;
  const values = { ...found.written, ...(again && { title: again.title, news: again.news }) };
  return { ...found, day, values, again: again?.day ?? null, mayChange: can(actor, 'composition:change') };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'composition:change');
    const day = dayIn(event.params.jour);
    const form = await readForm(event, newsletterForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const done = await saveNewsletter(actor, day, version, values);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La feuille de chou est enregistrée. Voici comment elle s’imprimera.');
    redirect(303, `/gestion/${garden.slug}/feuille-de-chou/${day}`);
  },
};
