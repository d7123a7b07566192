import { sql } from 'kysely';
import { askOwnWithin, type OwnAsked } from '#domains/account/index.server.ts';
import { addCharges, valuesGiven } from '#domains/billing/index.server.ts';
import { type AnsweredAsk, type AskFor, askWithin, type GivenTo } from '#domains/subscriptions/index.server.ts';
import { addDays, type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { campaignsOpen } from './campaigns.ts';

/**
 * A basket given while away. To an organisation: subscriptions plan it, billing bills it as any given basket. Its value: the basket is neither prepared nor owed; on
 * its day, what its customer would have owed of it is asked with her bills as a gift (`charge`, no VAT: it pays for nothing, CGI, art. 256). Once it is paid it is a
 * gift of money like the others, with a receipt under the same rule (`whyNoReceipt`): stated by the garden, and no counterpart, since nothing was received for it
 * (CGI, art. 200). Taken back until the cut-off, as any request: nothing of money is written before.
 */

/** What forms send: « o12 » an organisation, « v » the value to all that the garden does, « v3 » to a campaign; « j », or nothing: whom the garden likes. */
const destination = /^(|j|o\d{1,12}|v\d{0,12})$/;

export type GivenChoices = {
  recipients: { id: number; name: string; about: string; place: string }[];
  campaigns: { id: number; title: string }[];
};

async function choices(tx: Tx, today: Day): Promise<GivenChoices> {
  const { rows } = await sql<GivenChoices['recipients'][number]>`
    select r.id, trim(c.first_name || ' ' || c.last_name) as name, r.about, d.name as place
    from recipient r
    join customer c on c.garden_id = r.garden_id and c.id = r.customer_id and c.archived_at is null
    join slot o on o.garden_id = r.garden_id and o.id = r.slot_id and o.archived_at is null
    join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    where r.garden_id = app_garden() and r.archived_at is null order by c.search, r.id`.execute(tx);
  return { recipients: rows, campaigns: (await campaignsOpen(tx, today)).map(({ id, title }) => ({ id, title })) };
}

/** To whom a basket may be given, for the form of staff. Two queries. */
export function givenChoices(actor: Actor, today: Day): Promise<GivenChoices> {
  requireRight(actor, 'subscriptions:change');
  return readInGarden(actor, (tx) => choices(tx, today));
}

/** The same from one's account. */
export function ownGivenChoices(own: Own, today: Day): Promise<GivenChoices> {
  const actor = lookOwn(own, 'giving:read');
  return readInGarden(actor, (tx) => choices(tx, today));
}

type Given = { subscriptionId: number; also?: readonly number[]; from: AskFor['from'] };
type Resolved = { to?: GivenTo; campaign: number | null; said: string };

/** What a form names, as it is now. */
async function resolve(tx: Tx, text: string, { subscriptionId, also = [] }: Given, today: Day): Promise<Outcome<Resolved>> {
  if (text === '' || text === 'j') return done({ campaign: null, said: '' });
  const gone = refuse('Ce choix n’est plus proposé.', { a: 'Choisissez-en un autre.' });
  if (!destination.test(text)) return gone;
  const [kind, id] = [text[0], text.length > 1 ? Number(text.slice(1)) : null];
  if (kind === 'o') {
    const { rows } = await sql<{ customerId: number; slotId: number; name: string }>`
      select r.customer_id as "customerId", r.slot_id as "slotId", trim(c.first_name || ' ' || c.last_name) as name
      from recipient r join customer c on c.garden_id = r.garden_id and c.id = r.customer_id and c.archived_at is null
      where r.garden_id = app_garden() and r.id = ${id} and r.archived_at is null`.execute(tx);
    if (!rows[0]) return gone;
    const { name, ...to } = rows[0];
    return done({ to, campaign: null, said: ` à : ${name}` });
  }
  const { rows } = await sql`
    select from subscription where garden_id = app_garden() and id = any(${[subscriptionId, ...also]}::bigint[]) and basket_count is not null`.execute(
    tx,
  );
  if (rows.length > 0)
    return refuse('Ces paniers sont achetés par nombre.', {
      a: 'Un panier acheté par nombre n’est pas perdu : il reste à recevoir. Donnez-le à une organisation, ou annulez-le.',
    });
  const campaign = id === null ? null : (await campaignsOpen(tx, today)).find((one) => one.id === id);
  if (campaign === undefined) return gone;
  return done({
    to: 'value',
    campaign: campaign?.id ?? null,
    said: `, sa valeur va à : ${campaign?.title ?? 'tout ce que fait le jardin'}`,
  });
}

/** Keeps for which campaign the value of these baskets is. */
async function keepCampaign(tx: Tx, gardenId: number, { subscriptionId, also = [], from }: Given, campaign: number | null): Promise<void> {
  if (campaign === null) return;
  await sql`
    insert into given_basket (garden_id, request_id, campaign_id)
    select ${gardenId}, r.id, ${campaign} from request r
    where r.garden_id = app_garden() and r.as_value and r.withdrawn_at is null and r.subscription_id = any(${[subscriptionId, ...also]}::bigint[])
      and r.year = ${from.year} and r.week = ${from.week}
    on conflict (garden_id, request_id) do nothing`.execute(tx);
}

/** A customer gives a basket of hers, within her plan's rules; a letter confirms it. Sent twice, it acts once. @returns what was done, in a sentence. */
export function giveBasketOwn(own: Own, asked: Omit<OwnAsked, 'wish'>, to: string, today: Day): Promise<Outcome<string>> {
  const actor = requireOwn(own, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const resolved = await resolve(tx, to, asked, today);
    if (!resolved.ok) return resolved;
    const { campaign, ...wish } = resolved.value;
    const answer = await askOwnWithin(tx, own, { ...asked, wish: { kind: 'gift', ...wish } }, today);
    if (answer.ok) await keepCampaign(tx, own.gardenId, asked, campaign);
    return answer;
  });
}

/** Staff give it for her. */
export function giveBasket(actor: Actor, asked: Omit<AskFor, 'wish'>, to: string, today: Day): Promise<Outcome<AnsweredAsk>> {
  requireRight(actor, 'subscriptions:change');
  return inGarden(actor, async (tx) => {
    const resolved = await resolve(tx, to, asked, today);
    if (!resolved.ok) return resolved;
    const answer = await askWithin(tx, actor.gardenId, { ...asked, wish: { kind: 'gift', to: resolved.value.to } }, today);
    if (answer.ok) await keepCampaign(tx, actor.gardenId, asked, resolved.value.campaign);
    return answer;
  });
}

/** Beyond so many days back, a night that was off is no more made up for. */
const daysBack = 92;

/** Every night: values given of baskets whose day has come are asked with the bills, each once. Two statements. */
export async function askGivenValues(tx: Tx, gardenId: number, today: Day): Promise<void> {
  const values = await valuesGiven(tx, addDays(today, -daysBack), today);
  await addCharges(
    tx,
    gardenId,
    values
      .filter(({ cents }) => cents > 0)
      .map(({ request, customer, day, cents }) => ({
        ...{
          customer,
          kind: 'gift' as const,
          label: `Don : valeur du panier du ${sayDay(day)}`,
          unitPrice: cents,
          billOn: day,
          source: `given:${request}`,
        },
      })),
  );
}
