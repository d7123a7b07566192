import { randomUUID } from 'node:crypto';
import { error, fail, redirect } from '@sveltejs/kit';
import { give, proposed, publicCampaign } from '#domains/giving/index.server.ts';
import { givenForm } from '#domains/giving/schema.ts';
import { toHtml } from '#domains/site/index.server.ts';
import { limitedAddress } from '#edge/address.ts';
import { enterSite } from '#edge/enter-site.ts';
import { readForm, refused } from '#edge/forms.ts';
import { siteHead } from '#edge/site-head.ts';
import { allowTry } from '#platform/auth/limits.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { site, base, visitor, today } = await enterSite(event, 'giving:read');
  const page = await publicCampaign(visitor, event.params.campagne, today);
  if (!page) error(404, 'Cette collecte n’existe pas, ou n’est plus en ligne.');
  const { slug, title, lead, body, goalCents, receivedCents, donors, startsOn, endsOn, counterpart } = page.campaign;
  return {
    head: siteHead(site, `/dons/${slug}`, lead || `${title} : donnez à ${site.name}.`, { title }),
    ...{ base, key: randomUUID(), when: page.when, online: page.online, receipts: page.receipts, proposed },
    campaign: { slug, title, lead, goalCents, receivedCents, donors, startsOn, endsOn, counterpart },
    html: body ? toHtml(body, { base }) : '',
  };
};

export const actions = {
  default: async (event) => {
    const { site, base, visitor, today } = await enterSite(event, 'giving:change');
    const form = await readForm(event, givenForm);
    if (!form.ok) return form.failure;
    if (!(await allowTry('gift', `${site.gardenId} ${limitedAddress(event.getClientAddress())}`, 12, 3600)))
      return fail(429, {
        values: form.values,
        errors: {},
        message: 'Beaucoup de dons viennent de chez vous en peu de temps : attendez une heure, ou appelez-nous.',
      });
    const { campagne } = event.params;
    // A field that people do not see was filled: a machine, who is thanked all the same.
    if (form.value.website !== '') redirect(303, `${base}/dons/${campagne}/merci`);
    const thanks = `/jardins/${site.slug}/dons/${campagne}/merci`;
    const given = await give(visitor, campagne, form.value, thanks, today);
    if (!given.ok) return refused(given, form.values);
    const { path } = given.value;
    redirect(
      303,
      path === thanks ? `${base}/dons/${campagne}/merci?par=${form.value.way}` : `${base === '' ? config.publicUrl() : ''}${path}`,
    );
  },
};
