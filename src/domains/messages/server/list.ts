import { type RawBuilder, sql } from 'kysely';
import { likePattern, searchPieces } from '#domains/customers/rules/search.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, can, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { Channel, State } from '../labels.ts';
import type { Kind } from '../rules/event.ts';
import { eventNames, eventOf } from '../rules/events.ts';
import type { Letterhead } from '../rules/letter.ts';
import { toHtml } from '../rules/markdown.ts';
import { loadPreferences, type Preferences } from './preferences.ts';
import { loadSender } from './sender.ts';
import { askDelivery, loadRecipients, type Recipient } from './store.ts';

export type MessageRow = {
  id: number;
  event: string | null;
  customerId: number | null;
  /** The customer's name; '' for somebody who is none. */
  customer: string;
  to: string;
  channel: Channel;
  subject: string;
  state: State;
  error: string;
  /** When it was laid down, and when it left. */
  at: Date;
  sentAt: Date | null;
};

export type MessagesAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  filters: Record<string, string>;
};
export const messageSorts = ['date', 'client'];

const columns = sql`m.id, m.event, m.customer_id as "customerId", coalesce(trim(c.first_name || ' ' || c.last_name), '') as customer, m.to_address as "to",
  m.channel, case when m.channel = 'sms' then m.body else m.subject end as subject, m.state, m.error, m.created_at as at, m.sent_at as "sentAt"`;
const source = sql`message m left join customer c on c.garden_id = m.garden_id and c.id = m.customer_id`;

/** What this person may read: letters of some occasions ask for another right (`readBy`). Of `m`. */
function readable(actor: Actor): RawBuilder<unknown> {
  const closed = eventNames.filter((name) => {
    const { readBy } = eventOf(name);
    return readBy !== undefined && !can(actor, readBy);
  });
  return sql`(m.event is null or m.event <> all(${`{${closed.join()}}`}::text[]))`;
}

/** Messages that answer what is asked, a page at a time. Filters: `etat`, `quoi` (an event, or `groupe`), `voie`, `groupe` (an id). Two queries. */
export function messageList(actor: Actor, asked: MessagesAsked): Promise<{ rows: MessageRow[]; total: number; events: string[] }> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const where = conditions(actor, asked);
    const way = asked.direction === 'asc' ? sql`asc` : sql`desc`;
    const order = asked.sort === 'client' ? sql`c.search ${way} nulls last, m.id desc` : sql`m.id ${way}`;
    const [{ rows: counted }, { rows }] = await Promise.all([
      sql<{ total: number; events: string[] }>`
        select (select count(*)::int from ${source} where ${where}) as total,
          array(select distinct m.event from message m where m.garden_id = app_garden() and m.event is not null and ${readable(actor)}) as events`.execute(
        tx,
      ),
      sql<MessageRow>`select ${columns} from ${source} where ${where} order by ${order}
        limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(tx),
    ]);
    return { rows, ...counted[0]! };
  });
}

function conditions(actor: Actor, { search, filters: { etat, quoi, voie, groupe } }: MessagesAsked): RawBuilder<unknown> {
  const all = [sql`m.garden_id = app_garden()`, readable(actor)];
  for (const piece of searchPieces(search))
    all.push(
      sql`search_text(concat_ws(' ', c.last_name, c.first_name, c.number, m.to_address, m.subject)) like search_text(${likePattern(piece)})`,
    );
  if (etat === 'soucis') all.push(sql`m.state in ('failed', 'bounced')`);
  else if (etat) all.push(sql`m.state = ${etat}`);
  if (quoi === 'groupe') all.push(sql`m.group_id is not null`);
  else if (quoi) all.push(sql`m.event = ${quoi}`);
  if (voie) all.push(sql`m.channel = ${voie}`);
  if (groupe) all.push(sql`m.group_id = ${Number(groupe)}`);
  return sql.join(all, sql` and `);
}

/** A customer's messages, the latest first, with what she wants; null when there is no such customer. `most` at a time. Three queries. */
export type CustomerMessages = {
  customer: Pick<Recipient, 'id' | 'number' | 'firstName' | 'lastName'>;
  rows: MessageRow[];
  total: number;
  preferences: Preferences;
};
export function customerMessages(actor: Actor, customerId: number, most = 50): Promise<CustomerMessages | null> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const [person] = await loadRecipients(tx, [customerId]);
    if (!person) return null;
    const { rows } = await sql<MessageRow & { total: number }>`
      select ${columns}, count(*) over ()::int as total from ${source} where m.garden_id = app_garden() and m.customer_id = ${customerId} and ${readable(actor)}
      order by m.id desc limit ${most}`.execute(tx);
    const { id, number, firstName, lastName } = person;
    return {
      customer: { id, number, firstName, lastName },
      rows: rows.map(({ total: _, ...row }) => row),
      total: rows[0]?.total ?? 0,
      preferences: await loadPreferences(tx, customerId),
    };
  });
}

/** One message as it left. `html` is null for a text message. */
export type MessagePage = MessageRow & {
  kind: Kind;
  body: string;
  html: string | null;
  tries: number;
  groupId: number | null;
  /** Who caused it, when somebody did. */
  by: string | null;
  files: { id: number; name: string; kept: boolean }[];
  head: Letterhead;
};

/** Three queries at most. */
export function messagePage(actor: Actor, id: number): Promise<MessagePage | null> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Omit<MessagePage, 'html' | 'head'>>`
      select ${columns}, m.kind, m.body, m.tries, m.group_id as "groupId", u.name as by,
        coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'kept', f.content is not null) order by f.id)
          from message_file f where f.garden_id = m.garden_id and f.message_id = m.id), '[]') as files
      from ${source} left join auth."user" u on u.id = m.created_by where m.garden_id = app_garden() and m.id = ${id} and ${readable(actor)}`.execute(
      tx,
    );
    const row = rows[0];
    if (!row) return null;
    return { ...row, html: row.channel === 'mail' ? toHtml(row.body) : null, head: (await loadSender(tx)).head };
  });
}

/** A file that went with a message, while it is kept. */
export function messageFile(
  actor: Actor,
  messageId: number,
  fileId: number,
): Promise<{ name: string; type: string; content: Buffer } | null> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; type: string; content: Buffer }>`
      select f.name, f.content_type as type, f.content from message_file f join message m on m.garden_id = f.garden_id and m.id = f.message_id
      where f.garden_id = app_garden() and f.message_id = ${messageId} and f.id = ${fileId} and f.content is not null and ${readable(actor)}`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
}

/** Tries again what failed; an address set aside meanwhile has to be taken up again first. Sent twice, it acts once. */
export function retryMessage(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ state: State; aside: boolean }>`
      select m.state, exists (select from message_bounce b where b.garden_id = m.garden_id and b.cleared_at is null and lower(b.address) = lower(m.to_address)) as aside
      from message m where m.garden_id = app_garden() and m.id = ${id} and ${readable(actor)} for update of m`.execute(tx);
    const found = rows[0];
    if (!found) return refuse('Ce message n’existe pas.');
    if (found.state === 'waiting') return done(null);
    if (found.state !== 'failed') return refuse('Seul un message qui a échoué peut repartir.');
    if (found.aside) return refuse('Les messages reviennent de cette adresse : dites d’abord, dans « Retours », qu’elle marche à nouveau.');
    await sql`update message set state = 'waiting', tries = 0, error = '' where garden_id = app_garden() and id = ${id}`.execute(tx);
    await askDelivery(tx, actor.gardenId, [id]);
    return done(null);
  });
}

/** Months after which files that left are let go of: documents can be drawn again, and an archive of every copy would outgrow the garden's own data. */
const monthsKept = 4;

/** Lets go of the content of files that left long ago; their names stay. Asked again, it finds nothing more. */
export async function letGoOfFiles(actor: Actor): Promise<void> {
  requireRight(actor, 'messages:change');
  await inGarden(actor, (tx) =>
    sql`update message_file f set content = null from message m
      where f.garden_id = app_garden() and f.content is not null and m.garden_id = f.garden_id and m.id = f.message_id
        and m.state <> 'waiting' and m.created_at < now() - make_interval(months => ${monthsKept}::int)`.execute(tx),
  );
}
