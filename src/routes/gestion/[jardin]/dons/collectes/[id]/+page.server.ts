import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { addUse, campaignPage, saveCampaign, setCampaignArchived } from '#domains/giving/index.server.ts';
import { campaignForm, useForm } from '#domains/giving/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'giving:read');
  const page = await campaignPage(actor, idIn(event.params.id));
  if (!page) error(404, 'Cette collecte n’existe pas dans votre jardin.');
  const base = `/gestion/${garden.slug}/dons`;
  return {
    ...page,
    today,
    base,
    key: randomUUID(),
    address: `/jardins/${garden.slug}/dons/${page.campaign.slug}`,
    mayChange: can(actor, 'giving:change'),
  };
};

export const actions = {
  modifier: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const form = await readForm(event, campaignForm);
    if (!form.ok) return form.failure;
    const { version, ...values } = form.value;
    const saved = await saveCampaign(actor, idIn(event.params.id), version, values);
    if (!saved.ok) return refused(saved, form.values);
    leaveFlash(event.cookies, 'La collecte est enregistrée.');
    redirect(303, event.url.pathname);
  },
  emploi: async (event) => {
    const { actor, today } = enter(event, 'giving:change');
    const form = await readForm(event, useForm);
    if (!form.ok) return form.failure;
    const added = await addUse(actor, idIn(event.params.id), form.value, today);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, 'La dépense est notée.');
    redirect(303, event.url.pathname);
  },
  archiver: async (event) => {
    const { actor, garden } = enter(event, 'giving:change');
    const aside = await setCampaignArchived(actor, idIn(event.params.id), true);
    if (!aside.ok) return refused(aside);
    leaveFlash(event.cookies, 'La collecte est mise de côté ; ses dons restent.');
    redirect(303, `/gestion/${garden.slug}/dons/collectes`);
  },
  reprendre: async (event) => {
    const { actor } = enter(event, 'giving:change');
    const back = await setCampaignArchived(actor, idIn(event.params.id), false);
    if (!back.ok) return refused(back);
    leaveFlash(event.cookies, 'La collecte est reprise.');
    redirect(303, event.url.pathname);
  },
};
