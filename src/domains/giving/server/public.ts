import { sql } from 'kysely';
import { writeTo } from '#domains/messages/index.server.ts';
import { paysOnline, startPayment } from '#domains/online/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Cents, formatEuros, parseEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { allOrNothing } from '#platform/db/all-or-nothing.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { statementOn } from '../rules/eligibility.ts';
import type { GivenValues } from '../schema.ts';
import { commonAccount } from './account.ts';
import { type Campaign, campaignSeen, campaignsOpen } from './campaigns.ts';
import { addDonor } from './donors.ts';
import { gardenFacts, statementsOf } from './facts.ts';

/** What the page of a campaign proposes, in euros. */
export const proposed: readonly Cents[] = [2000, 5000, 10_000, 20_000];
const least: Cents = 100;
const most: Cents = 5_000_000;

export type PublicCampaign = {
  campaign: Campaign;
  /** Not begun, over, or open on that day. */
  when: 'before' | 'open' | 'after';
  online: boolean;
  /** Whether gifts have a tax receipt. */
  receipts: boolean;
  /** Days left, the last one included; null without an end. */
  endsOn: Day | null;
};

const whenOf = ({ startsOn, endsOn }: Campaign, today: Day): PublicCampaign['when'] => {
  if (today < startsOn) return 'before';
  return endsOn !== null && endsOn < today ? 'after' : 'open';
};

/** A campaign as its public page shows it; null when there is none. Four queries. */
export function publicCampaign(visitor: Actor, slug: string, today: Day): Promise<PublicCampaign | null> {
  requireRight(visitor, 'giving:read');
  return readInGarden(visitor, async (tx) => {
    const [campaign, online, statements] = await Promise.all([campaignSeen(tx, slug), paysOnline(tx), statementsOf(tx)]);
    if (!campaign) return null;
    const receipts = campaign.counterpart === '' && (statementOn(statements, today)?.eligible ?? false);
    return { campaign, when: whenOf(campaign, today), online: online !== null, receipts, endsOn: campaign.endsOn };
  });
}

/** Campaigns to which everybody may give on that day. One query. */
export function publicCampaigns(visitor: Actor, today: Day): Promise<Campaign[]> {
  requireRight(visitor, 'giving:read');
  return readInGarden(visitor, (tx) => campaignsOpen(tx, today));
}

/** The amount chosen, or typed. */
export function amountOf({ choice, other }: Pick<GivenValues, 'choice' | 'other'>): Outcome<Cents> {
  const typed = choice === 'autre';
  const cents = typed ? parseEuros(other) : Number(choice);
  const field = typed ? 'other' : 'choice';
  if (cents === null || !Number.isSafeInteger(cents))
    return refuse('Le montant est à revoir.', { [field]: 'Écrivez un montant en euros, par exemple 30.' });
  if (cents < least) return refuse('Le montant est à revoir.', { [field]: 'À partir d’un euro.' });
  if (cents > most)
    return refuse('Le montant est à revoir.', { [field]: 'Pour un don de cette taille, appelez-nous : nous en parlerons ensemble.' });
  return done(cents);
}

/**
 * Somebody gives from a public page: she is written down with her promise; online, she goes to pay it, and the promise becomes a gift once the provider says so.
 * The same form sent twice is one gift. @returns the path to go to: the payment's, or that of the thanks.
 */
export function give(visitor: Actor, slug: string, values: GivenValues, thanks: string, today: Day): Promise<Outcome<{ path: string }>> {
  requireRight(visitor, 'giving:change');
  const amount = amountOf(values);
  if (!amount.ok) return Promise.resolve(amount);
  const cents = amount.value;
  return allOrNothing(visitor, async (tx) => {
    const campaign = await campaignSeen(tx, slug);
    if (!campaign || whenOf(campaign, today) !== 'open') return refuse('Cette collecte n’est pas ouverte.');
    const source = `public:${values.key}`;
    await sql`select pg_advisory_xact_lock(44, hashtext(${source}))`.execute(tx);
    const known = await tx.selectFrom('gift').select('id').where('source', '=', source).executeTakeFirst();
    const gift = known?.id ?? (await promise(tx, visitor.gardenId, campaign, { ...values, cents, source }, today));
    if (values.way === 'online')
      return startPayment(tx, visitor.gardenId, {
        ...{ customerId: await commonAccount(tx, visitor.gardenId), cents, purpose: `Don : ${campaign.title}`, returnTo: thanks },
        ...{ key: `gift:${values.key}`, about: `gift:${gift}` },
        payer: { firstName: values.firstName, lastName: values.lastName, email: values.email },
      });
    if (!known) await tellHow(tx, visitor.gardenId, campaign, { ...values, cents });
    return done({ path: thanks });
  });
}

type Promised = GivenValues & { cents: Cents };

async function promise(tx: Tx, gardenId: number, campaign: Campaign, values: Promised & { source: string }, today: Day): Promise<number> {
  const donor = (await sameDonor(tx, values)) ?? (await addDonor(tx, gardenId, values));
  const { id } = await tx
    .insertInto('gift')
    .values({
      ...{
        garden_id: gardenId,
        donor_id: donor,
        campaign_id: campaign.id,
        nature: 'money',
        origin: values.way === 'online' ? 'online' : 'direct',
      },
      ...{ cents: values.cents, day: today, state: 'promised', counterpart: campaign.counterpart !== '', source: values.source },
      note: values.way === 'online' ? '' : `Promis sur la page de la collecte, par ${values.way === 'cheque' ? 'chèque' : 'virement'}.`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Somebody of the same name, address and e-mail who gave before: the same person, as far as anybody can tell. Nothing of hers is shown or changed. */
async function sameDonor(tx: Tx, values: Promised): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from donor where garden_id = app_garden() and archived_at is null and lower(email) = lower(${values.email}) and kind = ${values.kind}
      and search_text(last_name) = search_text(${values.lastName}) and search_text(first_name) = search_text(${values.firstName})
      and search_text(address || postcode || city) = search_text(${values.address + values.postcode + values.city}) and siren = ${values.siren}
    order by id limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

async function tellHow(tx: Tx, gardenId: number, campaign: Campaign, values: Promised): Promise<void> {
  const garden = await gardenFacts(tx, gardenId);
  const { rows } = await sql<{ holder: string; iban: string }>`
    select coalesce(nullif(holder, ''), name) as holder, iban from bank_account where garden_id = app_garden() and archived_at is null order by id limit 1`.execute(
    tx,
  );
  const [bank] = rows;
  const byCheque = `Chèque à l’ordre de ${garden.name}, à envoyer à : ${[garden.address, `${garden.postcode} ${garden.city}`.trim()].filter(Boolean).join(', ')}.`;
  const byTransfer = bank
    ? `Virement à ${bank.holder}, IBAN ${bank.iban.replace(/(.{4})(?=.)/g, '$1 ')}, avec votre nom dans le libellé.`
    : 'Le jardin vous donne son IBAN dès que possible.';
  const variables = { montant: formatEuros(values.cents), pour: campaign.title, comment: values.way === 'cheque' ? byCheque : byTransfer };
  await writeTo(tx, gardenId, { to: values.email, name: values.firstName || values.lastName, event: 'gift_promised', variables });
}
