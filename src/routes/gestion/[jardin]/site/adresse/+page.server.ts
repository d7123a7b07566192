import { redirect } from '@sveltejs/kit';
import { saveSite, siteRecord } from '#domains/site/index.server.ts';
import { siteSchema } from '#domains/site/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { forgetHosts } from '#edge/own-host.ts';
import { can } from '#platform/access/actor.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'site:read');
  const platform = config.publicUrl();
  return {
    record: await siteRecord(actor),
    mayChange: can(actor, 'site:change'),
    path: `${platform}/jardins/${garden.slug}`,
    platformHost: new URL(platform).hostname,
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'site:change');
    const form = await readForm(event, siteSchema);
    if (!form.ok) return form.failure;
    const done = await saveSite(actor, form.value);
    if (!done.ok) return refused(done, form.values);
    forgetHosts();
    leaveFlash(event.cookies, 'C’est enregistré.');
    redirect(303, `/gestion/${garden.slug}/site/adresse`);
  },
};
