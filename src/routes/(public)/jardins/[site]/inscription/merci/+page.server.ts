import { redirect } from '@sveltejs/kit';
import { finishedSignup, payAhead } from '#domains/signup/index.server.ts';
import { enterSignup, forgetDraft } from '#edge/enter-signup.ts';
import { refused } from '#edge/forms.ts';
import { siteHead } from '#edge/site-head.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { site, base, root, looking, today } = await enterSignup(event);
  const finished = await finishedSignup(looking, today);
  if (!finished) redirect(303, root);
  return {
    head: { ...siteHead(site, '/inscription', `Inscription aux paniers de ${site.name}.`), hidden: true },
    ...{ base, root, finished },
    garden: { name: site.name, phone: site.phone, email: site.email },
    account: `${base === '' ? config.publicUrl() : ''}/mon-compte`,
  };
};

export const actions = {
  payer: async (event) => {
    const { base, site, looking } = await enterSignup(event);
    const begun = await payAhead(looking, `/jardins/${site.slug}/inscription/merci`);
    if (!begun.ok) return refused(begun);
    redirect(303, `${base === '' ? config.publicUrl() : ''}${begun.value.path}`);
  },
  /** Another one: for somebody else of the house, or a second basket. */
  nouvelle: async (event) => {
    const { root } = await enterSignup(event);
    forgetDraft(event, root);
    redirect(303, root);
  },
};
