import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { goesTo, previewGroup, sendGroup, tryGroup } from '#domains/messages/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  const base = `/gestion/${garden.slug}/messages`;
  const draft = `${base}/groupes/${idIn(event.params.id)}`;
  const seen = await previewGroup(actor, idIn(event.params.id), idAsked(event.url.searchParams.get('sur')) ?? null);
  if (!seen.ok) return { base, draft, faults: seen.fields ? Object.values(seen.fields) : [seen.reason], letter: null };
  const { group, letter } = seen.value;
  if (group.state !== 'draft') redirect(303, draft);
  const left = group.recipients.filter((one) => !one.removed).length - goesTo(group).length;
  const { version, files } = group;
  return {
    base,
    draft,
    faults: [],
    letter,
    version,
    left,
    files: files.map(({ name }) => name),
    me: event.locals.person!.email,
    channel: group.values.channel,
    mayChange: can(actor, 'messages:change'),
  };
};

const sendForm = z.object({ count: z.coerce.number().int(), version: z.coerce.number().int() });

export const actions = {
  envoyer: async (event) => {
    const { actor, garden } = enter(event, 'messages:change');
    const form = await readForm(event, sendForm);
    if (!form.ok) return form.failure;
    const id = idIn(event.params.id);
    const sent = await sendGroup(actor, id, form.value);
    if (!sent.ok) return refused(sent);
    leaveFlash(event.cookies, `C’est parti : ${sent.value.leaving} ${sent.value.leaving > 1 ? 'messages s’en vont' : 'message s’en va'}.`);
    redirect(303, `/gestion/${garden.slug}/messages/groupes/${id}`);
  },
  essai: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const tried = await tryGroup(actor, idIn(event.params.id), event.locals.person!.email);
    if (!tried.ok) return refused(tried);
    leaveFlash(event.cookies, `Un essai part vers ${tried.value.to}.`);
    redirect(303, event.url.pathname);
  },
};
