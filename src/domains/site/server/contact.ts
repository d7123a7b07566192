import { sql } from 'kysely';
import { writeTo } from '#domains/messages/index.server.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { ContactGiven } from '../schema.ts';

/** Most messages that a garden takes in a day from everybody together: beyond, somebody is playing. */
const mostADay = 200;

/**
 * Keeps what a visitor writes and sends it to the garden's address, with the visitor's to answer to. The same form sent twice is one message. What a machine
 * wrote (the trap is filled) is thanked for and forgotten. Messages handled a year ago are forgotten too.
 */
export function leaveMessage(actor: Actor, { website, token, ...given }: ContactGiven): Promise<Outcome<null>> {
  requireRight(actor, 'site:read');
  if (website) return Promise.resolve(done(null));
  return inGarden(actor, async (tx) => {
    await sql`delete from contact_message where handled_at < now() - interval '1 year'`.execute(tx);
    const { rows } = await sql<{ email: string; today: number }>`
      select g.email, (select count(*)::int from contact_message where created_at > now() - interval '1 day') as today
      from garden g where g.id = ${actor.gardenId}`.execute(tx);
    const { email, today } = rows[0]!;
    if (today >= mostADay) return refuse('Nous recevons trop de messages aujourd’hui. Appelez-nous, ou réessayez demain.');
    const kept = await tx
      .insertInto('contact_message')
      .values({ garden_id: actor.gardenId, token, ...given })
      .onConflict((conflict) => conflict.columns(['garden_id', 'token']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (kept && email)
      await writeTo(tx, actor.gardenId, {
        to: email,
        event: 'contact_message',
        replyTo: given.email,
        variables: {
          auteur: given.name,
          adresse: given.email,
          appel: given.phone,
          objet: given.subject,
          texte: given.body.split('\n'),
        },
      });
    return done(null);
  });
}

export type ContactMessage = {
  id: number;
  name: string;
  email: string;
  phone: string;
  subject: string;
  body: string;
  createdAt: Date;
  handledAt: Date | null;
  handledBy: string | null;
};

/** What visitors wrote: what is left to answer, or all of it, latest first; with how many are left. One query. */
export function contactMessages(actor: Actor, { all = false } = {}): Promise<{ rows: ContactMessage[]; left: number }> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<ContactMessage & { left: number }>`
      select m.id, m.name, m.email, m.phone, m.subject, m.body, m.created_at as "createdAt", m.handled_at as "handledAt", u.name as "handledBy",
        count(*) filter (where m.handled_at is null) over ()::int as left
      from contact_message m left join auth."user" u on u.id = m.handled_by
      where ${all} or m.handled_at is null
      order by m.created_at desc, m.id desc limit 300`.execute(tx);
    return { rows: rows.map(({ left: _, ...row }) => row), left: rows[0]?.left ?? 0 };
  });
}

/** A message is dealt with, or is to be again. Sent twice, it acts once. */
export function handleMessage(actor: Actor, id: number, handled: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    await sql`
      update contact_message set handled_at = case when ${handled} then now() end, handled_by = case when ${handled} then ${actor.userId} end, version = version + 1
      where id = ${id} and (handled_at is not null) <> ${handled}`.execute(tx);
    return done(null);
  });
}
