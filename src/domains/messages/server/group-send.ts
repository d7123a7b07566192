import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { toHtml } from '../rules/markdown.ts';
import { render } from '../rules/render.ts';
import { plainSms, smsCount } from '../rules/sms.ts';
import type { GroupValues } from '../schema.ts';
import { faultsOfGroup, type GroupPage, loadGroup } from './groups.ts';
import { about } from './notify.ts';
import { loadSender } from './sender.ts';
import { type GardenWords, layDown, loadGarden, loadRecipients, type NewMessage, type Recipient } from './store.ts';
import type { LetterView } from './texts.ts';

/** A message to several people as one of them will read it, with the one before and the one after. */
export type GroupPreview = LetterView & { customerId: number; before: number | null; after: number | null; place: number; count: number };

/** @param customerId one of those it goes to; otherwise the first. Refused while something is to be mended, or when it goes to nobody. */
export function previewGroup(
  actor: Actor,
  id: number,
  customerId: number | null,
): Promise<Outcome<{ group: GroupPage; letter: GroupPreview }>> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const group = await loadGroup(tx, id);
    if (!group) return refuse('Ce message n’existe pas.');
    const fault = faultsOfGroup(group.values);
    if (fault) return fault;
    const goes = goesTo(group);
    if (goes.length === 0) return refuse('Ce message n’irait à personne : voyez pourquoi dans la liste des destinataires.');
    const place = Math.max(
      0,
      goes.findIndex((one) => one.id === customerId),
    );
    const one = goes[place]!;
    const [person] = await loadRecipients(tx, [one.id]);
    const { subject, body, sms } = wordsFor(group.values, person!, await loadGarden(tx));
    return done({
      group,
      letter: {
        ...{
          customerId: one.id,
          before: goes[place - 1]?.id ?? null,
          after: goes[place + 1]?.id ?? null,
          place: place + 1,
          count: goes.length,
        },
        ...{
          to: `${`${one.firstName} ${one.lastName}`.trim()}, ${one.to}`,
          subject,
          html: toHtml(body),
          head: (await loadSender(tx)).head,
        },
        sms: group.values.channel === 'sms' ? { text: sms, count: smsCount(sms) } : null,
      },
    });
  });
}

export const goesTo = ({ recipients }: Pick<GroupPage, 'recipients'>) => recipients.filter((one) => !one.removed && one.unsent === '');

/** The words of a message for one person; they were checked (`faultsOfGroup`). */
function wordsFor(
  { subject, body, channel }: GroupValues,
  person: Recipient,
  garden: GardenWords,
): { subject: string; body: string; sms: string } {
  const filling = about(garden, person);
  const fill = (text: string, way: 'plain' | 'markdown') => {
    const filled = render(text, filling, way);
    if (!filled.ok) throw new Error(filled.fault);
    return filled.text;
  };
  return {
    subject: fill(subject, 'plain'),
    body: channel === 'mail' ? fill(body, 'markdown') : '',
    sms: channel === 'sms' ? plainSms(fill(body, 'plain')) : '',
  };
}

/**
 * Sends a message to those it goes to; those it cannot reach are kept with the reason. @param seen how many it was to leave to, as the page said: refused when that
 * changed meanwhile. Sent twice, it leaves once.
 */
export function sendGroup(actor: Actor, id: number, seen: { count: number; version: number }): Promise<Outcome<{ leaving: number }>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    await sql`select from message_group where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const group = await loadGroup(tx, id);
    if (!group) return refuse('Ce message n’existe pas.');
    if (group.state !== 'draft') return done({ leaving: group.counts.waiting + group.counts.sent });
    const fault = faultsOfGroup(group.values);
    if (fault) return fault;
    if (group.version !== seen.version || goesTo(group).length !== seen.count)
      return refuse('Le message ou ses destinataires viennent de changer. Relisez-le avant de l’envoyer.');
    const leaving = await layDown(tx, actor.gardenId, await messagesOf(tx, group));
    await sql`update message_group set state = 'sent', sent_at = now(), version = version + 1 where garden_id = app_garden() and id = ${id}`.execute(
      tx,
    );
    return done({ leaving });
  });
}

async function messagesOf(tx: Tx, group: GroupPage): Promise<NewMessage[]> {
  const { kind, channel } = group.values;
  const chosen = group.recipients.filter((one) => !one.removed);
  const people = new Map((await loadRecipients(tx, chosen.map(({ id }) => id))).map((one) => [one.id, one])); // biome-ignore format: one line reads better
  const garden = await loadGarden(tx);
  return chosen.map(({ id, to, unsent }) => {
    const { subject, body, sms } = wordsFor(group.values, people.get(id)!, garden);
    const common = { event: null, about: '', groupId: group.id, customerId: id, kind, channel, to, unsent, replyTo: '', attachments: [] };
    return channel === 'mail' ? { ...common, subject, body } : { ...common, subject: '', body: sms };
  });
}

/** Stops what has not left yet. Sent twice, it acts once. */
export function stopGroup(actor: Actor, id: number): Promise<Outcome<{ stopped: number }>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql`update message set state = 'unsent', error = 'Envoi arrêté.'
      where garden_id = app_garden() and group_id = ${id} and state = 'waiting' returning id`.execute(tx);
    if (rows.length)
      await sql`update message_group set state = 'stopped', version = version + 1 where garden_id = app_garden() and id = ${id} and state = 'sent'`.execute(
        tx,
      );
    return done({ stopped: rows.length });
  });
}

/** The message as one person would get it, to an address of whoever writes it: to see it in a mail program. */
export function tryGroup(actor: Actor, id: number, to: string): Promise<Outcome<{ to: string }>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const group = await loadGroup(tx, id);
    const one = group && goesTo(group)[0];
    if (!group || !one) return refuse('Ce message n’irait à personne.');
    const fault = faultsOfGroup(group.values);
    if (fault) return fault;
    const [person] = await loadRecipients(tx, [one.id]);
    const { subject, body } = wordsFor({ ...group.values, channel: 'mail' }, person!, await loadGarden(tx));
    await layDown(tx, actor.gardenId, [
      {
        event: null,
        about: '',
        groupId: null,
        customerId: null,
        kind: 'service',
        channel: 'mail',
        to,
        replyTo: '',
        unsent: '',
        subject: `[Essai] ${subject}`,
        body,
        attachments: [],
      },
    ]);
    return done({ to });
  });
}
