import { sql } from 'kysely';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome, type Refusal, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Blank, everywhere, type MessageEvent, type Value } from '../rules/event.ts';
import { type EventName, eventNames, eventOf } from '../rules/events.ts';
import type { Letterhead } from '../rules/letter.ts';
import { toHtml } from '../rules/markdown.ts';
import { faultOf, render } from '../rules/render.ts';
import { smsCount } from '../rules/sms.ts';
import type { TextValues } from '../schema.ts';
import { about } from './notify.ts';
import { loadSender } from './sender.ts';
import { loadGarden, loadRecipients, loadTexts, type OwnText } from './store.ts';

/** An occasion with what leaves then. `own`: the garden wrote its own words. */
export type TextRow = Pick<MessageEvent, 'family' | 'name' | 'when' | 'kind'> & {
  event: EventName;
  own: boolean;
  byMail: boolean;
  bySms: boolean;
};

/** Every occasion on which something is written, in the order of a customer's life. One query. */
export function textList(actor: Actor): Promise<TextRow[]> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const own = await loadTexts(tx);
    return eventNames.map((event) => {
      const { family, name, when, kind, offAtFirst } = eventOf(event);
      const mine = own.get(event);
      return {
        event,
        family,
        name,
        when,
        kind,
        own: mine?.ownText ?? false,
        byMail: mine?.byMail ?? !offAtFirst,
        bySms: mine?.bySms ?? false,
      };
    });
  });
}

/** What is written on one occasion, to be changed. `sms` is null where the house has no text message for it. */
export type TextPage = TextRow & { values: TextValues; version: number; blanks: [string, Blank][]; maySms: boolean };

export function textPage(actor: Actor, event: EventName): Promise<TextPage> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => pageOf(event, (await loadTexts(tx, [event])).get(event)));
}

function pageOf(event: EventName, mine: OwnText | undefined): TextPage {
  const { family, name, when, kind, blanks, ...house } = eventOf(event);
  const own = mine?.ownText ?? false;
  return {
    ...{
      event,
      family,
      name,
      when,
      kind,
      own,
      byMail: mine?.byMail ?? !house.offAtFirst,
      bySms: mine?.bySms ?? false,
      version: mine?.version ?? 0,
    },
    values: {
      subject: own ? mine!.subject : house.subject,
      body: own ? mine!.body : house.body,
      sms: own && mine!.sms ? mine!.sms : (house.sms ?? ''),
      byMail: mine?.byMail ?? !house.offAtFirst,
      bySms: mine?.bySms ?? false,
    },
    blanks: [...Object.entries(blanks), ...Object.entries(everywhere)],
    maySms: house.sms !== undefined,
  };
}

const samplesOf = (event: EventName): Record<string, Value> =>
  Object.fromEntries([...Object.entries(everywhere), ...Object.entries(eventOf(event).blanks)].map(([name, { sample }]) => [name, sample]));

/** What is wrong with a text, field by field. */
function faultsOf(event: EventName, { subject, body, sms }: TextValues): Refusal | null {
  const samples = samplesOf(event);
  const faults = Object.entries({ subject, body, sms }).flatMap(([field, text]) => {
    const fault = faultOf(text, samples);
    return fault ? [[field, fault]] : [];
  });
  return faults.length ? refuse('Un mot entre accolades est à revoir.', Object.fromEntries(faults)) : null;
}

/** Keeps the garden's words and ways for an occasion. Words that are those of the house stay the house's. Sent twice, it acts once. */
export function saveText(actor: Actor, event: EventName, version: number, typed: TextValues): Promise<Outcome<null>> {
  requireRight(actor, 'messages:change');
  // What a customer has to be told is told by mail, whatever else it is told by.
  const values = { ...typed, byMail: typed.byMail || eventOf(event).kind === 'service' };
  return inGarden(actor, async (tx) => {
    const fault = faultsOf(event, values);
    if (fault) return fault;
    const stored = pageOf(event, (await loadTexts(tx, [event])).get(event));
    if (JSON.stringify(stored.values) === JSON.stringify(values)) return done(null);
    if (stored.version !== version) return meanwhile(stored.values, values);
    const house = eventOf(event);
    const own = values.subject !== house.subject || values.body !== house.body || (stored.maySms && values.sms !== house.sms);
    const kept = own ? values : { subject: '', body: '', sms: '' };
    const { rows } = await sql`
      insert into message_template as t (garden_id, event, own_text, subject, body, sms, by_mail, by_sms)
      values (${actor.gardenId}, ${event}, ${own}, ${kept.subject}, ${kept.body}, ${kept.sms}, ${values.byMail}, ${values.bySms && stored.maySms})
      on conflict (garden_id, event) do update set own_text = excluded.own_text, subject = excluded.subject, body = excluded.body, sms = excluded.sms,
        by_mail = excluded.by_mail, by_sms = excluded.by_sms, version = t.version + 1
      where t.version = ${version} returning id`.execute(tx);
    return rows.length ? done(null) : meanwhile(pageOf(event, (await loadTexts(tx, [event])).get(event)).values, values);
  });
}

/** The words of the house again; by which ways it leaves stays as it was chosen. The garden's words stay in the trail. */
export function restoreText(actor: Actor, event: EventName): Promise<Outcome<null>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    await sql`update message_template set own_text = false, subject = '', body = '', sms = '', version = version + 1
      where garden_id = app_garden() and event = ${event} and own_text`.execute(tx);
    return done(null);
  });
}

const ways = (value: boolean) => (value ? 'oui' : 'non');
const meanwhile = (stored: TextValues, typed: TextValues) =>
  changedMeanwhile('Ce texte', stored, typed, (field) => (typeof stored[field] === 'boolean' ? ways(stored[field]) : stored[field]));

/** A letter as whoever receives it will see it. `sms`: the text message and how many it counts for, when there is one. */
export type LetterView = { to: string; subject: string; html: string; head: Letterhead; sms: { text: string; count: number } | null };

/** What is typed, on a real customer (found by name or number; the first of the list when none is named), before it is kept. */
export function previewText(actor: Actor, event: EventName, values: TextValues, wanted: string): Promise<Outcome<LetterView>> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, async (tx) => {
    const fault = faultsOf(event, values);
    if (fault) return fault;
    const person = await somebody(tx, wanted);
    if (wanted !== '' && !person)
      return refuse('Personne ne correspond.', { client: `Personne ne s’appelle « ${wanted} », et aucun client ne porte ce numéro.` });
    const filling = { ...samplesOf(event), ...(person ? about(await loadGarden(tx), person) : {}) };
    const [subject, body] = [render(values.subject, filling, 'plain'), render(values.body, filling, 'markdown')];
    const sms = values.sms === '' ? null : render(values.sms, filling, 'plain');
    if (!subject.ok) return refuse(subject.fault, { subject: subject.fault });
    if (!body.ok) return refuse(body.fault, { body: body.fault });
    return done({
      to: person
        ? `${`${person.firstName} ${person.lastName}`.trim()}${person.email ? `, ${person.email}` : ', sans adresse e-mail'}`
        : 'Une personne inventée',
      ...{ subject: subject.text, html: toHtml(body.text), head: (await loadSender(tx)).head },
      sms: sms?.ok ? { text: sms.text, count: smsCount(sms.text) } : null,
    });
  });
}

/** A customer to try a text on. One query for whom, one for how she is reached. */
async function somebody(tx: Tx, wanted: string) {
  const { rows } = await sql<{ id: number }>`
    select id from customer where garden_id = app_garden() and archived_at is null and not technical
      and (${wanted} = '' or number = ${wanted} or search like '%' || search_text(${wanted}) || '%')
    order by number = ${wanted} desc, email = '', search, id limit 1`.execute(tx);
  const [person] = rows[0] ? await loadRecipients(tx, [rows[0].id]) : [];
  return person ?? null;
}
