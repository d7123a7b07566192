import { redirect } from '@sveltejs/kit';
import { finishedSignup } from '#domains/signup/index.server.ts';
import { enterSignup, forgetDraft } from '#edge/enter-signup.ts';
import { onServer } from '#edge/on-server.ts';
import { siteHead } from '#edge/site-head.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { site, base, root, looking, today } = await enterSignup(event);
  const finished = await finishedSignup(looking, today);
  if (!finished) redirect(303, root);
  return onServer({
    head: { ...siteHead(site, '/inscription', `Inscription aux paniers de ${site.name}.`), hidden: true },
    ...{ base, root, finished },
    garden: { name: site.name, phone: site.phone, email: site.email },
    account: `${base === '' ? config.publicUrl() : ''}/mon-compte`,
  });
};

export const actions = {
  /** Another one: for somebody else of the house, or a second basket. */
  default: async (event) => {
    const { root } = await enterSignup(event);
    forgetDraft(event, root);
    redirect(303, root);
  },
};
