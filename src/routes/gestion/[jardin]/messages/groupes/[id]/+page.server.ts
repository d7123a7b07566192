import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import {
  type DraftAsk,
  dropDraft,
  faultsOfGroup,
  groupPage,
  mostFileBytes,
  saveDraft,
  senderSettings,
  stopGroup,
} from '#domains/messages/index.server.ts';
import { toHtml } from '#domains/messages/rules/markdown.ts';
import { groupForm } from '#domains/messages/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  const group = await groupPage(actor, idIn(event.params.id));
  if (!group) error(404, { message: 'Ce message n’existe pas.' });
  const { recipients } = group;
  const people = recipients.map((one) => ({ ...one, name: `${one.lastName} ${one.firstName}`.trim() }));
  const sms = config.demo() || (can(actor, 'settings:read') && (await senderSettings(actor)).hasKey);
  return {
    base: `/gestion/${garden.slug}/messages`,
    group: { ...group, recipients: people },
    // The words as everybody got them, blanks left open.
    html: toHtml(group.values.body),
    goes: people.filter((one) => !one.removed && one.unsent === '').length,
    sms: sms || group.values.channel === 'sms',
    mayChange: can(actor, 'messages:change'),
  };
};

const ids = z.array(z.coerce.number().int().positive()).max(20_000).default([]);
const draftForm = groupForm.extend({
  montres: z.string().max(400_000).default(''),
  garde: ids,
  enlever: ids,
  fichier: z.unknown().optional(),
});

/** What the form says, and what was typed. Those shown and not ticked any more are left out. */
async function readDraft(sent: Parameters<typeof readForm>[0]) {
  const form = await readForm(sent, draftForm);
  if (!form.ok) return form;
  const { version, montres, garde, enlever, fichier, ...values } = form.value;
  const kept = new Set(garde);
  const shown = montres.split(' ').filter(Boolean).map(Number);
  const given = fichier instanceof File && fichier.size > 0 ? fichier : null;
  if (given && given.size > mostFileBytes)
    return {
      ok: false as const,
      failure: refused({ ok: false, reason: 'Ce fichier est trop lourd.', fields: { fichier: 'Quatre mégaoctets au plus.' } }, form.values),
    };
  const file = given && { name: given.name.slice(0, 120), type: given.type, content: Buffer.from(await given.arrayBuffer()) };
  const ask: DraftAsk = { values, version, removed: shown.filter((id) => !kept.has(id)), dropFiles: enlever, file };
  return { ok: true as const, ask, values: form.values };
}

/** Keeps the draft, then goes where the button said; not to its reading while something in it has to be mended. */
const keep = (to: string, said: string | null) => async (event: RequestEvent) => {
  const { actor, garden } = enter(event, 'messages:change');
  const id = idIn(event.params.id);
  const form = await readDraft(event);
  if (!form.ok) return form.failure;
  const saved = await saveDraft(actor, id, form.ask);
  if (!saved.ok) return refused(saved, form.values);
  const fault = to === '/apercu' ? faultsOfGroup(form.ask.values) : null;
  // The draft is kept all the same, under its new version: what was typed is there, with what is to mend beside it.
  if (fault) return refused(fault, { ...form.values, version: String((await groupPage(actor, id))!.version) });
  if (said) leaveFlash(event.cookies, said);
  redirect(303, `/gestion/${garden.slug}/messages/groupes/${id}${to}`);
};

export const actions = {
  relire: keep('/apercu', null),
  enregistrer: keep('', 'Le brouillon est enregistré.'),
  jeter: async (event) => {
    const { actor, garden } = enter(event, 'messages:change');
    await dropDraft(actor, idIn(event.params.id));
    leaveFlash(event.cookies, 'Le brouillon est jeté.');
    redirect(303, `/gestion/${garden.slug}/messages/groupes`);
  },
  arreter: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const stopped = await stopGroup(actor, idIn(event.params.id));
    if (!stopped.ok) return refused(stopped);
    leaveFlash(
      event.cookies,
      stopped.value.stopped ? `L’envoi est arrêté : ${stopped.value.stopped} messages ne partiront pas.` : 'Tout était déjà parti.',
    );
    redirect(303, event.url.pathname);
  },
};
