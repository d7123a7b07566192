import { sql } from 'kysely';
import { systemActor } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { deliverBy, type Mail } from '#platform/mail/port.ts';
import { SmsRefused } from '#platform/sms/brevo.ts';
import { deliverSms } from '#platform/sms/port.ts';
import type { Channel } from '../labels.ts';
import type { Kind } from '../rules/event.ts';
import { type Failure, failureOf, mostTries } from '../rules/failure.ts';
import { letterHtml, letterText } from '../rules/letter.ts';
import { noteBounce } from './bounces.ts';
import { loadSender, type Sender } from './sender.ts';
import { messageIdOf, stopLink } from './token.ts';

/** How messages leave; tests have their own. */
export type Post = { mail: typeof deliverBy; sms: typeof deliverSms };

/**
 * The job `deliver_message`: hands one message over and keeps what became of it. Asked again (interrupted, queued twice), what was sent is not sent again. What
 * may still succeed is thrown, so that the queue tries later; what cannot is kept as failed.
 */
export async function deliverMessage(gardenId: number, id: number, post: Post = { mail: deliverBy, sms: deliverSms }): Promise<void> {
  const actor = systemActor(gardenId);
  const ready = await inGarden(actor, (tx) => prepare(tx, gardenId, id));
  if (!ready) return;
  const failure = await handOver(ready, post);
  const given = failure && (failure.lasting || ready.tries + 1 >= mostTries);
  const state = failure === null ? 'sent' : given ? 'failed' : 'waiting';
  await inGarden(actor, async (tx) => {
    await sql`
      update message set state = ${state}, tries = tries + 1, error = ${failure?.said ?? ''},
        sent_at = case when ${state} = 'sent' then now() else sent_at end
      where garden_id = app_garden() and id = ${id} and state = 'waiting'`.execute(tx);
    if (failure?.lasting && failure.address) await noteBounce(tx, gardenId, { address: ready.to, messageId: id, reason: failure.said });
  });
  // The queue's own log says nothing of whom it was for.
  if (failure && !given) throw new Error('A message could not leave yet; it will be tried again.');
}

type Ready = { tries: number; to: string; sender: Sender; mail: Mail | null; text: string };
type Failed = Failure & { address: boolean };

async function handOver({ sender, mail, to, text }: Ready, post: Post): Promise<Failed | null> {
  try {
    if (mail) await post.mail(sender.server, mail);
    else await post.sms(sender.sms.service, { to, from: sender.sms.from, text });
    return null;
  } catch (error) {
    if (error instanceof SmsRefused) return { said: error.message, lasting: error.lasting, address: false };
    const { responseCode = 0 } = (error ?? {}) as { responseCode?: number };
    return { ...failureOf(error), address: mail !== null && [550, 551, 553].includes(responseCode) };
  }
}

type Stored = {
  customerId: number | null;
  kind: Kind;
  channel: Channel;
  to: string;
  replyTo: string;
  subject: string;
  body: string;
  tries: number;
  files: { name: string; type: string; content: string }[];
};

async function prepare(tx: Tx, gardenId: number, id: number): Promise<Ready | null> {
  const { rows } = await sql<Stored>`
    select m.customer_id as "customerId", m.kind, m.channel, m.to_address as "to", m.reply_to as "replyTo", m.subject, m.body, m.tries,
      coalesce((select jsonb_agg(jsonb_build_object('name', f.name, 'type', f.content_type, 'content', translate(encode(f.content, 'base64'), E'\n', '')) order by f.place, f.id)
        from (select 1 as place, id, name, content_type, content from message_file where garden_id = m.garden_id and message_id = m.id and content is not null
          union all select 2, id, name, content_type, content from message_group_file where garden_id = m.garden_id and group_id = m.group_id) f), '[]') as files
    from message m where m.garden_id = app_garden() and m.id = ${id} and m.state = 'waiting'`.execute(tx);
  const found = rows[0];
  if (!found) return null;
  const sender = await loadSender(tx);
  const { to, body, subject, tries } = found;
  if (found.channel === 'sms') return { tries, to, sender, mail: null, text: body };
  const stop = stopOf(gardenId, found);
  const mail: Mail = {
    ...{ to, subject, from: sender.from, messageId: messageIdOf(gardenId, id) },
    text: letterText(body, sender.head, stop),
    html: letterHtml(subject, body, sender.head, stop),
    ...((found.replyTo || sender.replyTo) && { replyTo: found.replyTo || sender.replyTo }),
    // One click in the mail program is enough (RFC 2369, RFC 8058).
    ...(stop && { headers: { 'List-Unsubscribe': `<${stop.href}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } }),
    ...(found.files.length > 0 && { attachments: found.files }),
  };
  return { tries, to, sender, mail, text: body };
}

const stopping = {
  reminder: 'Vous recevez ce rappel parce qu’un panier vous attend.',
  news: 'Vous recevez ces nouvelles parce que vous êtes client du jardin.',
};

/** How to stop receiving letters of this kind; null for those that cannot be refused, and for whoever is not a customer. */
function stopOf(gardenId: number, { customerId, kind }: Pick<Stored, 'customerId' | 'kind'>) {
  if (customerId === null || kind === 'service') return null;
  return { says: stopping[kind], href: stopLink({ gardenId, customerId, kind }) };
}
