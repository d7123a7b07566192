import { sql } from 'kysely';
import type { Tx } from '#platform/db/index.ts';
import type { Attachment } from '#platform/mail/port.ts';
import type { Channel } from '../labels.ts';
import type { Kind } from '../rules/event.ts';

/** Somebody messages go to. */
export type Recipient = {
  id: number;
  number: string;
  firstName: string;
  lastName: string;
  organisation: boolean;
  email: string;
  phone: string;
  refuses: Kind[];
  bounced: string[];
};

/** Customers with what they refuse and whether letters come back from their address. One query. @param others addresses to look at too. */
export async function loadRecipients(tx: Tx, ids: readonly number[], others: readonly string[] = []): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    select c.id, c.number, c.first_name as "firstName", c.last_name as "lastName", c.kind = 'organisation' as organisation, c.email, c.phone,
      array(select p.kind from message_preference p where p.garden_id = c.garden_id and p.customer_id = c.id and not p.wanted) as refuses,
      array(select lower(b.address) from message_bounce b where b.garden_id = c.garden_id and b.cleared_at is null
        and lower(b.address) = any(array_append(${others.map((one) => one.toLowerCase())}::text[], lower(c.email)))) as bounced
    from customer c where c.garden_id = app_garden() and c.id = any(${`{${ids.join()}}`}::bigint[])`.execute(tx);
  return rows;
}

export type GardenWords = {
  name: string;
  slug: string;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  accent: string | null;
};

/** Who writes. One query. */
export async function loadGarden(tx: Tx): Promise<GardenWords> {
  const { rows } = await sql<GardenWords>`
    select name, slug, address, postcode, city, phone, email, accent from garden where id = app_garden()`.execute(tx);
  return rows[0]!;
}

export type OwnText = {
  event: string;
  subject: string;
  body: string;
  sms: string;
  ownText: boolean;
  byMail: boolean;
  bySms: boolean;
  version: number;
};

/** What the garden chose for these events, by their names; those it left alone are not there. One query. */
export async function loadTexts(tx: Tx, names: readonly string[] | null = null): Promise<Map<string, OwnText>> {
  const { rows } = await sql<OwnText>`
    select event, subject, body, sms, own_text as "ownText", by_mail as "byMail", by_sms as "bySms", version
    from message_template where garden_id = app_garden() and (${names === null} or event = any(${names ?? []}::text[]))`.execute(tx);
  return new Map(rows.map((row) => [row.event, row]));
}

/** A message as it is laid in the outbox. `unsent`: why it does not leave, '' when it does. */
export type NewMessage = {
  event: string | null;
  /** For what is written once; '' otherwise. */
  about: string;
  groupId: number | null;
  customerId: number | null;
  kind: Kind;
  channel: Channel;
  to: string;
  replyTo: string;
  subject: string;
  body: string;
  unsent: string;
  attachments: readonly Attachment[];
};

/**
 * Lays messages in the outbox with their files, and asks the queue to deliver those that may leave: together with what they announce, or not at all. Three
 * statements at most, whatever their number. @returns how many will leave.
 */
export async function layDown(tx: Tx, gardenId: number, messages: readonly NewMessage[]): Promise<number> {
  if (messages.length === 0) return 0;
  const rows = messages.map(({ attachments: _, ...row }, place) => ({ place, ...row }));
  const { rows: laid } = await sql<{ id: number; waiting: boolean }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(place int, event text, about text, "groupId" bigint, "customerId" bigint, kind text,
        channel text, "to" text, "replyTo" text, subject text, body text, unsent text)
    )
    insert into message (garden_id, event, about, group_id, customer_id, kind, channel, to_address, reply_to, subject, body, state, error, created_by)
    select ${gardenId}::integer, event, about, "groupId", "customerId", kind, channel, "to", "replyTo", subject, body,
      case when unsent = '' then 'waiting' else 'unsent' end, unsent, app_user()
    from given order by place returning id, state = 'waiting' as waiting`.execute(tx);
  // Identities are drawn in the order of the rows that were given.
  const ids = laid.toSorted((a, b) => a.id - b.id);
  const files = messages.flatMap(({ attachments }, place) => attachments.map((one) => ({ message: ids[place]!.id, ...one })));
  if (files.length > 0)
    await sql`
      insert into message_file (garden_id, message_id, name, content_type, content)
      select ${gardenId}::integer, f.message, f.name, f.type, decode(f.content, 'base64')
      from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as f(message bigint, name text, type text, content text)`.execute(tx);
  const leaving = ids.filter(({ waiting }) => waiting);
  await askDelivery(
    tx,
    gardenId,
    leaving.map(({ id }) => id),
  );
  return leaving.length;
}

/** Asks the queue to deliver these messages, once this transaction is committed. Reminders and text messages ring nobody's telephone at night. */
export async function askDelivery(tx: Tx, gardenId: number, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`select enqueue_job('deliver_message', jsonb_build_object('garden', garden_id, 'message', id, 'quiet', kind = 'reminder' or channel = 'sms'))
    from message where garden_id = ${gardenId}::integer and id = any(${`{${ids.join()}}`}::bigint[]) order by id`.execute(tx);
}
