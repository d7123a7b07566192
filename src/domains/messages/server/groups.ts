import { sql } from 'kysely';
import { type CustomersAsked, customersToExport } from '#domains/customers/index.server.ts';
import { changedMeanwhile } from '#kernel/conflict.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { channelLabels } from '../labels.ts';
import { mailPlace, type Place, smsPlace } from '../rules/address.ts';
import { everywhere } from '../rules/event.ts';
import { faultOf } from '../rules/render.ts';
import type { GroupValues } from '../schema.ts';
import { loadRecipients, type Recipient } from './store.ts';

export type GroupState = 'draft' | 'sent' | 'stopped';
export type GroupRow = {
  id: number;
  subject: string;
  body: string;
  state: GroupState;
  channel: 'mail' | 'sms';
  recipients: number;
  by: string | null;
  at: Date;
  sentAt: Date | null;
};

/** Messages written to several people, drafts first. One query. */
export function groupList(actor: Actor): Promise<GroupRow[]> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<GroupRow>`
      select g.id, g.subject, left(g.body, 120) as body, g.state, g.channel, u.name as by, g.created_at as at, g.sent_at as "sentAt",
        (select count(*)::int from message_recipient r where r.garden_id = g.garden_id and r.group_id = g.id and not r.removed) as recipients
      from message_group g left join auth."user" u on u.id = g.created_by
      where g.garden_id = app_garden() and g.archived_at is null order by g.state <> 'draft', coalesce(g.sent_at, g.created_at) desc limit 200`.execute(
      tx,
    );
    return rows;
  });
}

/**
 * Begins a message to the customers that the list holds with a search and filters, whatever its page. Somebody who begins again without having written anything
 * goes on with the same draft. @param foundBy how they were found, in words.
 */
export async function startGroup(actor: Actor, today: Day, asked: CustomersAsked, foundBy: string): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'messages:change');
  const customers = await customersToExport(actor, today, asked);
  if (customers.length === 0) return refuse('Personne ne correspond à ce choix.');
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(20, ${actor.gardenId}::integer)`.execute(tx);
    const untouched = await sql<{ id: number }>`
      select id from message_group where garden_id = app_garden() and state = 'draft' and subject = '' and body = '' and archived_at is null
        and created_by is not distinct from ${actor.userId} order by id desc limit 1`.execute(tx);
    const id = untouched.rows[0]?.id ?? (await insertGroup(tx, actor));
    await sql`update message_group set found_by = ${foundBy} where garden_id = app_garden() and id = ${id}`.execute(tx);
    await sql`delete from message_recipient where garden_id = app_garden() and group_id = ${id}`.execute(tx);
    await sql`insert into message_recipient (garden_id, group_id, customer_id)
      select ${actor.gardenId}::integer, ${id}::bigint, c from unnest(${`{${customers.map((one) => one.id).join()}}`}::bigint[]) c`.execute(
      tx,
    );
    return done({ id });
  });
}

async function insertGroup(tx: Tx, { gardenId, userId }: Actor): Promise<number> {
  const { id } = await tx
    .insertInto('message_group')
    .values({ garden_id: gardenId, created_by: userId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export type GroupRecipient = Pick<Recipient, 'id' | 'firstName' | 'lastName' | 'number'> & Place & { removed: boolean };
export type GroupPage = {
  id: number;
  values: GroupValues;
  version: number;
  state: GroupState;
  foundBy: string;
  by: string | null;
  sentAt: Date | null;
  recipients: GroupRecipient[];
  files: { id: number; name: string; bytes: number }[];
  /** Once it is sent: how many messages are in each state. */
  counts: { waiting: number; sent: number; failed: number; bounced: number; unsent: number };
};

/** A message to several people with whom it goes to, and what became of it. Four queries. */
export function groupPage(actor: Actor, id: number): Promise<GroupPage | null> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, (tx) => loadGroup(tx, id));
}

export async function loadGroup(tx: Tx, id: number): Promise<GroupPage | null> {
  const { rows } = await sql<
    Omit<GroupPage, 'recipients' | 'values'> & GroupValues & { members: { customer: number; removed: boolean }[] }
  >`
    select g.id, g.subject, g.body, g.kind, g.channel, g.version, g.state, g.found_by as "foundBy", u.name as by, g.sent_at as "sentAt",
      coalesce((select jsonb_agg(jsonb_build_object('customer', r.customer_id, 'removed', r.removed)) from message_recipient r
        where r.garden_id = g.garden_id and r.group_id = g.id), '[]') as members,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', length(f.content)) order by f.id) from message_group_file f
        where f.garden_id = g.garden_id and f.group_id = g.id), '[]') as files,
      (select jsonb_build_object('waiting', count(*) filter (where m.state = 'waiting'), 'sent', count(*) filter (where m.state = 'sent'),
        'failed', count(*) filter (where m.state = 'failed'), 'bounced', count(*) filter (where m.state = 'bounced'),
        'unsent', count(*) filter (where m.state = 'unsent'))
        from message m where m.garden_id = g.garden_id and m.group_id = g.id) as counts
    from message_group g left join auth."user" u on u.id = g.created_by where g.garden_id = app_garden() and g.id = ${id}`.execute(tx);
  const group = rows[0];
  if (!group) return null;
  const { subject, body, kind, channel, members, ...rest } = group;
  const removed = new Map(members.map((one) => [one.customer, one.removed]));
  const people = await loadRecipients(tx, [...removed.keys()]);
  const recipients = people
    .map(({ email, phone, refuses, bounced, organisation: _, ...person }) => {
      const reach = { email, phone, refuses, bounced };
      return { ...person, ...(channel === 'mail' ? mailPlace(reach, kind) : smsPlace(reach, kind)), removed: removed.get(person.id)! };
    })
    .toSorted((a, b) => french.compare(a.lastName, b.lastName) || french.compare(a.firstName, b.firstName) || a.id - b.id);
  return { ...rest, values: { subject, body, kind, channel }, recipients };
}
const french = new Intl.Collator('fr');

/** A file that goes with a message: what a letter may weigh, and what every mail program opens. */
export type GivenFile = { name: string; type: string; content: Buffer };
export const mostFiles = 3;
export const mostFileBytes = 4_000_000;
const fileTypes = ['application/pdf', 'image/jpeg', 'image/png'];

export type DraftAsk = { values: GroupValues; version: number; removed: number[]; dropFiles: number[]; file: GivenFile | null };

/** Keeps a draft: its text, whom it does not go to, its files. What is typed is kept even where a word between braces is wrong; sending is not. Sent twice, it acts once. */
export function saveDraft(actor: Actor, id: number, { values, version, removed, dropFiles, file }: DraftAsk): Promise<Outcome<null>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    await sql`select from message_group where garden_id = app_garden() and id = ${id} for update`.execute(tx);
    const stored = await loadGroup(tx, id);
    if (!stored) return refuse('Ce message n’existe pas.');
    if (stored.state !== 'draft') return refuse('Ce message est déjà parti.');
    const same = JSON.stringify(stored.values) === JSON.stringify(values);
    if (!same && stored.version !== version) return meanwhile(stored.values, values);
    const wrong = checkFile(file, stored.files.filter((one) => !dropFiles.includes(one.id)).length);
    if (wrong) return wrong;
    if (!same)
      await sql`update message_group set subject = ${values.subject}, body = ${values.body}, kind = ${values.kind}, channel = ${values.channel}, version = version + 1
        where garden_id = app_garden() and id = ${id}`.execute(tx);
    await sql`update message_recipient set removed = customer_id = any(${`{${removed.join()}}`}::bigint[])
      where garden_id = app_garden() and group_id = ${id} and removed <> (customer_id = any(${`{${removed.join()}}`}::bigint[]))`.execute(
      tx,
    );
    if (dropFiles.length)
      await sql`delete from message_group_file where garden_id = app_garden() and group_id = ${id} and id = any(${`{${dropFiles.join()}}`}::bigint[])`.execute(
        tx,
      );
    // The same file given again with the same form is the same file.
    if (file)
      await sql`insert into message_group_file (garden_id, group_id, name, content_type, content)
        select ${actor.gardenId}::integer, ${id}::bigint, ${file.name}::text, ${file.type}::text, ${file.content}::bytea
        where not exists (select from message_group_file where garden_id = app_garden() and group_id = ${id} and name = ${file.name} and content = ${file.content})`.execute(
        tx,
      );
    return done(null);
  });
}

function checkFile(file: GivenFile | null, there: number): Refusal | null {
  if (!file) return null;
  if (!fileTypes.includes(file.type))
    return refuse('Ce fichier ne peut pas être joint.', { fichier: 'Joignez un PDF ou une image (JPEG, PNG).' });
  if (file.content.length > mostFileBytes)
    return refuse('Ce fichier est trop lourd.', { fichier: 'Quatre mégaoctets au plus : beaucoup de boîtes refusent davantage.' });
  return there >= mostFiles ? refuse('Trois fichiers au plus.', { fichier: 'Enlevez d’abord un des fichiers.' }) : null;
}

const kinds = { news: 'Des nouvelles', service: 'Une information indispensable' };
const meanwhile = (stored: GroupValues, typed: GroupValues) =>
  changedMeanwhile('Ce message', stored, typed, (field) =>
    field === 'kind' ? kinds[stored.kind] : field === 'channel' ? channelLabels[stored.channel] : stored[field],
  );

/** What has to be mended before a message leaves. */
export function faultsOfGroup({ subject, body, channel }: GroupValues): Refusal | null {
  const samples = Object.fromEntries(Object.entries(everywhere).map(([name, { sample }]) => [name, sample]));
  const faults: Record<string, string> = {};
  if (channel === 'mail' && subject === '') faults.subject = 'Écrivez un objet : c’est ce que l’on voit d’abord.';
  if (body === '') faults.body = 'Écrivez votre message.';
  for (const [field, text] of Object.entries({ subject, body })) {
    const fault = faultOf(text, samples);
    if (fault) faults[field] = fault;
  }
  return Object.keys(faults).length ? refuse('Il reste quelque chose à revoir.', faults) : null;
}

/** Puts a draft aside. */
export function dropDraft(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    await sql`update message_group set archived_at = coalesce(archived_at, now()) where garden_id = app_garden() and id = ${id} and state = 'draft'`.execute(
      tx,
    );
    return done(null);
  });
}
