import { redirect } from '@sveltejs/kit';
import { chooseProvider, onlineSettings, saveHelloAsso, saveStripe, tryProvider } from '#domains/online/index.server.ts';
import { providerLabels } from '#domains/online/labels.ts';
import { chosenForm, helloAssoForm, stripeForm } from '#domains/online/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'settings:read');
  return {
    base: `/gestion/${garden.slug}`,
    settings: await onlineSettings(actor, garden.slug),
    mayChange: can(actor, 'settings:change'),
  };
};

const named = <T extends object>(failed: T | null, which: string) =>
  failed && 'data' in failed ? Object.assign(failed, { data: { ...(failed.data as object), which } }) : failed;

export const actions = {
  choisir: async (event) => {
    const { actor } = enter(event, 'settings:change');
    const failed = await readAnd(event, chosenForm, (values) => chooseProvider(actor, values));
    if (failed) return named(failed, 'choisir');
    leaveFlash(event.cookies, 'C’est enregistré.');
    redirect(303, event.url.pathname);
  },
  helloasso: async (event) => {
    const { actor } = enter(event, 'settings:change');
    const failed = await readAnd(event, helloAssoForm, (values) => saveHelloAsso(actor, values));
    if (failed) return named(failed, 'helloasso');
    leaveFlash(event.cookies, 'Les clés de HelloAsso sont enregistrées. Essayez-les maintenant.');
    redirect(303, event.url.pathname);
  },
  stripe: async (event) => {
    const { actor } = enter(event, 'settings:change');
    const failed = await readAnd(event, stripeForm, (values) => saveStripe(actor, values));
    if (failed) return named(failed, 'stripe');
    leaveFlash(event.cookies, 'Les clés de Stripe sont enregistrées. Essayez-les maintenant.');
    redirect(303, event.url.pathname);
  },
  essayer: async (event) => {
    const { actor } = enter(event, 'settings:change');
    const kind = event.url.searchParams.get('qui') === 'stripe' ? 'stripe' : 'helloasso';
    const tried = await tryProvider(actor, kind);
    if (!tried.ok) return named(refused(tried), kind);
    leaveFlash(event.cookies, `${providerLabels[kind].name} répond : les clés ouvrent le compte « ${tried.value} ».`);
    redirect(303, event.url.pathname);
  },
};
