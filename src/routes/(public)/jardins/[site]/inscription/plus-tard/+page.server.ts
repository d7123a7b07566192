import { redirect } from '@sveltejs/kit';
import { sendLater, signupPage } from '#domains/signup/index.server.ts';
import { laterForm } from '#domains/signup/schema.ts';
import { enterSignup, limited, stepAddress } from '#edge/enter-signup.ts';
import { canonical } from '#edge/enter-site.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { siteHead } from '#edge/site-head.ts';

export const load = async (event) => {
  const { site, base, root, looking, today } = await enterSignup(event);
  const page = await signupPage(looking, 'verifier', today);
  if ('state' in page) redirect(303, `${root}/merci`);
  if (!page.plan) redirect(303, root);
  return {
    head: { ...siteHead(site, '/inscription', `Inscription aux paniers de ${site.name}.`), hidden: true },
    ...{ base, root, back: stepAddress(root, page.next), email: page.me?.email ?? page.raw.vous?.email ?? '' },
  };
};

export const actions = {
  default: async (event) => {
    const { site, base, root, looking, today } = await enterSignup(event);
    const form = await readForm(event, laterForm);
    if (!form.ok) return form.failure;
    const { token } = looking;
    if (!token) redirect(303, root);
    const may = await limited('inscription-lien', form.value.email.toLowerCase(), 4);
    if (!may.ok) return refused(may, form.values);
    const sent = await sendLater({ ...looking, token }, form.value.email, canonical(site, `/inscription/reprendre/${token}`), today);
    if (!sent.ok) return refused(sent, form.values);
    leaveFlash(event.cookies, `C’est gardé. Le lien pour reprendre part à ${form.value.email}.`);
    redirect(303, base || '/');
  },
};
