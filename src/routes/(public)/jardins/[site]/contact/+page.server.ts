import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { leaveMessage, toHtml } from '#domains/site/index.server.ts';
import { contactSchema } from '#domains/site/schema.ts';
import { limitedAddress } from '#edge/address.ts';
import { enterSite } from '#edge/enter-site.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { gardenData, siteHead } from '#edge/site-head.ts';
import { allowTry } from '#platform/auth/limits.ts';

export const load = async (event) => {
  const { site, base } = await enterSite(event);
  const { address, postcode, city, phone, email } = site;
  return {
    head: siteHead(site, '/contact', `Appeler, écrire ou rendre visite : ${site.name}${city ? `, à ${city}` : ''}.`, { title: 'Contact' }),
    garden: gardenData(site),
    place: { address, postcode, city, phone, email },
    opening: site.texts.opening && toHtml(site.texts.opening, { base, first: 3 }),
    token: randomUUID(),
  };
};

export const actions = {
  default: async (event) => {
    const { site, base, visitor } = await enterSite(event, 'site:read');
    const form = await readForm(event, contactSchema);
    if (!form.ok) return form.failure;
    if (!(await allowTry('contact', `${site.gardenId} ${limitedAddress(event.getClientAddress())}`, 6, 3600)))
      return fail(429, {
        values: form.values,
        errors: {},
        message: 'Vous nous avez déjà beaucoup écrit : attendez une heure, ou appelez-nous.',
      });
    const outcome = await leaveMessage(visitor, form.value);
    if (!outcome.ok) return refused(outcome, form.values);
    leaveFlash(event.cookies, 'Merci ! Votre message est bien arrivé au jardin. Nous vous répondons dès que possible.');
    redirect(303, `${base}/contact`);
  },
};
