import { sql } from 'kysely';
import { slugOf } from '#domains/gardens/rules/slug.ts';
import { changedMeanwhile, differingFields } from '#kernel/conflict.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';

import type { CampaignValues } from '../schema.ts';
import { usesOf } from './dedicated.ts';

export type Campaign = CampaignValues & {
  id: number;
  version: number;
  archived: boolean;
  /** Received and promised, donors; in kind at its value. */
  receivedCents: Cents;
  promisedCents: Cents;
  donors: number;
};

const columns = sql`c.id, c.version, c.slug, c.title, c.lead, c.body, c.goal_cents as "goalCents", c.starts_on as "startsOn", c.ends_on as "endsOn", c.counterpart, c.project,
  c.programme_id as programme, c.published, c.archived_at is not null as archived,
  coalesce((select sum(g.cents) from gift g where g.garden_id = c.garden_id and g.campaign_id = c.id and g.state = 'received'), 0)::bigint as "receivedCents",
  coalesce((select sum(g.cents) from gift g where g.garden_id = c.garden_id and g.campaign_id = c.id and g.state = 'promised' and g.origin <> 'online'), 0)::bigint as "promisedCents",
  (select count(distinct g.donor_id)::int from gift g where g.garden_id = c.garden_id and g.campaign_id = c.id and g.state = 'received') as donors`;

/** Campaigns, those that go on first, then the latest. One query. */
export function campaignList(actor: Actor): Promise<Campaign[]> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<Campaign>`
      select ${columns} from campaign c where c.garden_id = app_garden() order by c.archived_at is not null, c.starts_on desc, c.id desc`.execute(
      tx,
    );
    return rows;
  });
}

async function one(tx: Tx, where: ReturnType<typeof sql>): Promise<Campaign | null> {
  const { rows } = await sql<Campaign>`select ${columns} from campaign c where c.garden_id = app_garden() and ${where}`.execute(tx);
  return rows[0] ?? null;
}

export type CampaignPage = { campaign: Campaign; programmes: { id: number; name: string }[]; uses: Awaited<ReturnType<typeof usesOf>> };
/** A campaign with the programmes that it may feed and what it served for; null when there is none. Three queries. */
export function campaignPage(actor: Actor, id: number): Promise<CampaignPage | null> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => {
    const [campaign, programmes, uses] = await Promise.all([one(tx, sql`c.id = ${id}`), programmesOf(tx), usesOf(tx, id)]);
    return campaign ? { campaign, programmes, uses } : null;
  });
}

async function programmesOf(tx: Tx): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from programme where garden_id = app_garden() and archived_at is null order by search_text(name), id`.execute(tx);
  return rows;
}
/** What the form of a new campaign offers. */
export function campaignChoices(actor: Actor): Promise<{ programmes: { id: number; name: string }[] }> {
  requireRight(actor, 'giving:read');
  return readInGarden(actor, async (tx) => ({ programmes: await programmesOf(tx) }));
}

/** A campaign as everybody sees it, by its name in addresses; null when it is not published. One query. */
export async function campaignSeen(tx: Tx, slug: string): Promise<Campaign | null> {
  return one(tx, sql`c.slug = ${slug} and c.published and c.archived_at is null`);
}

/** Those that everybody may give to on a day. One query. */
export async function campaignsOpen(tx: Tx, today: Day): Promise<Campaign[]> {
  const { rows } = await sql<Campaign>`
    select ${columns} from campaign c where c.garden_id = app_garden() and c.published and c.archived_at is null and c.starts_on <= ${today}
      and coalesce(c.ends_on >= ${today}, true) order by c.starts_on desc, c.id desc`.execute(tx);
  return rows;
}

const fieldsOf = ({
  slug,
  title,
  lead,
  body,
  goalCents,
  startsOn,
  endsOn,
  counterpart,
  project,
  programme,
  published,
}: CampaignValues): CampaignValues => ({
  ...{ slug, title, lead, body, goalCents, startsOn, endsOn, counterpart, project, programme, published },
});

/** Creates a campaign, or changes one. @param id null: a new one. Sent twice, it acts once. */
export function saveCampaign(actor: Actor, id: number | null, version: number, given: CampaignValues): Promise<Outcome<{ id: number }>> {
  requireRight(actor, 'giving:change');
  const values = { ...fieldsOf(given), slug: given.slug || slugOf(given.title) };
  if (values.endsOn && values.endsOn < values.startsOn)
    return Promise.resolve(refuse('La fin vient avant le début.', { endsOn: `Elle commence le ${shortDay(values.startsOn)}.` }));
  if (!values.slug)
    return Promise.resolve(refuse('L’adresse est à choisir.', { slug: 'Des lettres sans accent, des chiffres et des tirets.' }));
  return inGarden(actor, async (tx) => {
    await sql`select pg_advisory_xact_lock(43, ${actor.gardenId}::integer)`.execute(tx);
    if (values.programme !== null && !(await programmesOf(tx)).some((other) => other.id === values.programme))
      return refuse('Ce programme n’existe plus.', { programme: 'Choisissez un programme de la liste.' });
    const stored = id === null ? null : await one(tx, sql`c.id = ${id}`);
    if (id !== null && !stored) return refuse('Cette collecte n’existe pas.');
    const same = await one(tx, sql`c.slug = ${values.slug} and c.id is distinct from ${id}`);
    if (same) {
      // The form of a new one, sent twice.
      if (id === null && differingFields<CampaignValues>(fieldsOf(same), values).length === 0) return done({ id: same.id });
      return refuse('Une collecte a déjà cette adresse.', { slug: `« ${same.title} » a déjà cette adresse.` });
    }
    if (stored) {
      if (differingFields<CampaignValues>(stored, values).length === 0) return done({ id: stored.id });
      if (stored.version !== version)
        return changedMeanwhile<CampaignValues>('Cette collecte', stored, values, (field) => {
          if (field === 'goalCents') return stored.goalCents === null ? '' : formatEuros(stored.goalCents);
          if (field === 'published') return stored.published ? 'publiée' : 'pas publiée';
          return String(stored[field] ?? '');
        });
      if (values.counterpart && !stored.counterpart && stored.receivedCents > 0)
        return refuse('Des dons ont déjà été reçus sans contrepartie.', {
          counterpart: 'Ouvrez une autre collecte pour des dons avec contrepartie.',
        });
    }
    const row = {
      ...{
        slug: values.slug,
        title: values.title,
        lead: values.lead,
        body: values.body,
        goal_cents: values.goalCents,
        starts_on: values.startsOn,
      },
      ...{
        ends_on: values.endsOn,
        counterpart: values.counterpart,
        project: values.project,
        programme_id: values.programme,
        published: values.published,
      },
    };
    if (stored) {
      await tx
        .updateTable('campaign')
        .set({ ...row, version: stored.version + 1 })
        .where('id', '=', stored.id)
        .execute();
      return done({ id: stored.id });
    }
    return done(
      await tx
        .insertInto('campaign')
        .values({ garden_id: actor.gardenId, ...row })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
  });
}

/** Puts a campaign aside, or takes it back. Twice, it acts once. */
export function setCampaignArchived(actor: Actor, id: number, archived: boolean): Promise<Outcome<null>> {
  requireRight(actor, 'giving:change');
  return inGarden(actor, async (tx) => {
    const { rows } =
      await sql`update campaign set archived_at = ${archived ? sql`coalesce(archived_at, now())` : sql`null`}, version = version + 1
      where garden_id = app_garden() and id = ${id} returning id`.execute(tx);
    return rows.length > 0 ? done(null) : refuse('Cette collecte n’existe pas.');
  });
}
