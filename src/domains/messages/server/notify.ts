import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import { log } from '#platform/log.ts';
import type { Attachment } from '#platform/mail/port.ts';
import { mailPlace, smsPlace } from '../rules/address.ts';
import type { MessageEvent, Value } from '../rules/event.ts';
import { type EventName, eventOf, type VariablesOf } from '../rules/events.ts';
import { type Filling, renderer } from '../rules/render.ts';
import { plainSms } from '../rules/sms.ts';
import {
  type GardenWords,
  layDown,
  loadGarden,
  loadRecipients,
  loadTexts,
  type NewMessage,
  type OwnText,
  type Recipient,
} from './store.ts';

/** Something to tell a customer. The variables are those of the event (rules/events-*.ts), ready to be read. */
export type Notice<E extends EventName = EventName> = {
  [Name in E]: {
    event: Name;
    customerId: number;
    variables: VariablesOf<Name>;
    attachments?: readonly Attachment[];
    /** Another address than the customer's own. */
    to?: string;
    /** What it is about, for what must be written once: « 2026-10-08 ». The same event about the same is not written to a customer again. */
    about?: string;
  };
}[E];

/** Something to tell somebody who is not a customer (yet), or the garden itself. */
export type Letter<E extends EventName = EventName> = {
  [Name in E]: {
    to: string;
    event: Name;
    variables: VariablesOf<Name>;
    name?: string;
    replyTo?: string;
    attachments?: readonly Attachment[];
  };
}[E];

/**
 * Writes to customers, each by the ways that the garden chose for the event. It leaves if, and only if, this transaction is committed; what cannot leave
 * (no address, refused) is kept with its reason. A fixed number of statements, whatever the number of notices.
 * @returns the customers to whom something leaves: those that it does not reach are to be told otherwise.
 * @throws when a customer is not of this garden: a bug of the caller.
 */
export async function notify(tx: Tx, gardenId: number, asked: readonly Notice[]): Promise<ReadonlySet<number>> {
  const notices = await notYetWritten(tx, gardenId, asked);
  if (notices.length === 0) return new Set();
  const others = notices.flatMap(({ to }) => (to ? [to] : []));
  const people = await loadRecipients(tx, [...new Set(notices.map(({ customerId }) => customerId))], others);
  const byId = new Map(people.map((one) => [one.id, one]));
  const garden = await loadGarden(tx);
  const writers = await writersFor(tx, notices.map(({ event }) => event)); // biome-ignore format: one line reads better
  const messages = notices.flatMap((notice): NewMessage[] => {
    const person = byId.get(notice.customerId);
    if (!person) throw new Error(`No customer ${notice.customerId} in garden ${gardenId}.`);
    const writer = writers.get(notice.event)!;
    const filling = { ...about(garden, person), ...notice.variables };
    const common = { event: notice.event, groupId: null, customerId: person.id, kind: writer.kind, replyTo: '', about: notice.about ?? '' };
    const made: NewMessage[] = [];
    if (writer.byMail)
      made.push({
        ...common,
        channel: 'mail',
        ...mailPlace(person, writer.kind, notice.to),
        ...writer.mail(filling),
        attachments: notice.attachments ?? [],
      });
    if (writer.bySms) {
      const place = smsPlace(person, writer.kind);
      // Who has no mobile is told by mail alone; that is not worth a line.
      if (place.unsent === '' || !writer.byMail)
        made.push({ ...common, channel: 'sms', ...place, subject: '', body: writer.sms(filling), attachments: [] });
    }
    return made;
  });
  await layDown(tx, gardenId, messages);
  return new Set(messages.flatMap(({ customerId, unsent }) => (unsent === '' && customerId !== null ? [customerId] : [])));
}

/** Those that were not written before; two nights at once wait for each other. One query, none when nothing has to be written once. */
async function notYetWritten(tx: Tx, gardenId: number, asked: readonly Notice[]): Promise<readonly Notice[]> {
  const once = asked.flatMap(({ event, about, customerId }) => (about ? [{ event, about, customer: customerId }] : []));
  if (once.length === 0) return asked;
  await sql`select pg_advisory_xact_lock(20, ${gardenId}::integer)`.execute(tx);
  const { rows } = await sql<{ key: string }>`
    select distinct m.event || ' ' || m.customer_id || ' ' || m.about as key
    from jsonb_to_recordset(${JSON.stringify(once)}::jsonb) as o(event text, about text, customer bigint)
    join message m on m.garden_id = app_garden() and m.event = o.event and m.about = o.about and m.customer_id = o.customer`.execute(tx);
  const written = new Set(rows.map(({ key }) => key));
  return asked.filter(({ event, about, customerId }) => !about || !written.has(`${event} ${customerId} ${about}`));
}

/**
 * Of an occasion whose letters are about « what day » (« 12 2026-11-22 »): the last day on which something left, by what it was about. What could not
 * leave does not count. One query.
 */
export async function lastAbout(tx: Tx, event: EventName): Promise<ReadonlyMap<string, Day>> {
  const { rows } = await sql<{ what: string; day: Day }>`
    select split_part(about, ' ', 1) as what, max(split_part(about, ' ', 2)) as day from message
    where garden_id = app_garden() and event = ${event} and about <> '' and state <> 'unsent' group by 1`.execute(tx);
  return new Map(rows.map(({ what, day }) => [what, day]));
}

/** Writes to an address that is nobody's yet, by mail, whatever the garden chose: whoever waits for it has no other way. */
export async function writeTo(
  tx: Tx,
  gardenId: number,
  { to, event, variables, name = '', replyTo = '', attachments = [] }: Letter,
): Promise<void> {
  const garden = await loadGarden(tx);
  const writer = (await writersFor(tx, [event])).get(event)!;
  const filling = { ...about(garden, { id: null, number: '', firstName: name, lastName: '', organisation: false }), ...variables };
  const place = { to, unsent: to.trim() === '' ? 'Pas d’adresse e-mail.' : '' };
  await layDown(tx, gardenId, [
    {
      event,
      about: '',
      groupId: null,
      customerId: null,
      kind: writer.kind,
      channel: 'mail',
      replyTo,
      ...place,
      ...writer.mail(filling),
      attachments,
    },
  ]);
}

/** What every text may say of the garden and of whom it is for. */
export function about(
  garden: GardenWords,
  person: Pick<Recipient, 'number' | 'firstName' | 'lastName' | 'organisation'> & { id: number | null },
): Record<string, Value> {
  const account = `${config.publicUrl()}/mon-compte`;
  return {
    prenom: person.organisation ? person.lastName : person.firstName,
    nom: person.lastName,
    numero: person.number,
    jardin: garden.name,
    // A number is never parted at the end of a line.
    telephone: garden.phone.replaceAll(' ', '\u00a0'),
    courriel: garden.email,
    mon_compte: person.id === null ? account : `${account}/${garden.slug}/${person.id}`,
  };
}

type Writer = {
  kind: MessageEvent['kind'];
  byMail: boolean;
  bySms: boolean;
  mail: (filling: Filling) => { subject: string; body: string };
  sms: (filling: Filling) => string;
};

async function writersFor(tx: Tx, names: readonly EventName[]): Promise<Map<EventName, Writer>> {
  const wanted = [...new Set(names)];
  const own = await loadTexts(tx, wanted);
  return new Map(wanted.map((name) => [name, writerOf(eventOf(name), own.get(name))]));
}

/** How an event is written: in the garden's words, or in those of the house where the garden's cannot be filled. A letter never stays behind for a text. */
export function writerOf(event: MessageEvent, own: OwnText | undefined): Writer {
  const either = (mine: string | undefined, house: string, way: 'markdown' | 'plain') => {
    const [first, last] = [own?.ownText && mine ? renderer(mine, way) : null, renderer(house, way)];
    return (filling: Filling): string => {
      const written = first?.(filling) ?? null;
      if (first && written === null) log.warn({ part: 'messages', event: event.name }, 'A text of the garden could not be filled');
      const text = written ?? last(filling);
      if (text === null) throw new Error(`The text of « ${event.name} » cannot be filled.`);
      return text;
    };
  };
  const [subject, body] = [either(own?.subject, event.subject, 'plain'), either(own?.body, event.body, 'markdown')];
  const sms = either(own?.sms, event.sms ?? '', 'plain');
  return {
    kind: event.kind,
    byMail: own?.byMail ?? !event.offAtFirst,
    bySms: (own?.bySms ?? false) && event.sms !== undefined,
    mail: (filling) => ({ subject: subject(filling).replace(/\s+/g, ' ').slice(0, 250), body: body(filling) }),
    sms: (filling) => plainSms(sms(filling)).replace(/\s+/g, ' '),
  };
}
