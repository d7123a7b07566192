import { redirect } from '@sveltejs/kit';
import { draftToResume } from '#domains/signup/index.server.ts';
import { enterSignup, rememberDraft } from '#edge/enter-signup.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, base, root, visitor } = await enterSignup(event);
  const draft = await draftToResume(visitor, event.params.jeton);
  return {
    head: { ...siteHead(site, '/inscription', `Inscription aux paniers de ${site.name}.`), hidden: true },
    ...{ base, root, draft },
  };
};

export const actions = {
  /** A touch of the person's own: programs that follow the links of letters go no further, and she sees first whose answers these are. */
  default: async (event) => {
    const { root, visitor } = await enterSignup(event);
    if (!(await draftToResume(visitor, event.params.jeton))) redirect(303, root);
    rememberDraft(event, root, event.params.jeton);
    redirect(303, `${root}/verifier`);
  },
};
