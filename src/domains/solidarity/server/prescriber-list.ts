import { sql } from 'kysely';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { PrescriberKind } from '../labels-referral.ts';

export type PrescriberRow = {
  id: number;
  name: string;
  kind: PrescriberKind;
  city: string;
  people: number;
  referrals: number;
  archived: boolean;
};

/** Organisations that send people, by name, those put aside last. One query. */
export function prescriberList(actor: Actor): Promise<PrescriberRow[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<PrescriberRow>`
      select o.id, o.name, o.kind, o.city, o.archived_at is not null as archived,
        (select count(*)::int from prescriber_person p where p.garden_id = o.garden_id and p.prescriber_id = o.id and p.archived_at is null) as people,
        (select count(*)::int from referral r where r.garden_id = o.garden_id and r.prescriber_id = o.id and r.renews_path_id is null) as referrals
      from prescriber o where o.garden_id = app_garden() order by archived, search_text(o.name), o.id`.execute(tx);
    return rows;
  });
}

export type PrescriberPage = {
  record: { id: number; name: string; kind: PrescriberKind; city: string; version: number; archived: boolean };
  /** Who has access today. `referrals`: those she follows. */
  people: { id: number; name: string; email: string; phone: string; referrals: number }[];
};

/** One of them, with its people; null when there is none. Two queries. */
export function prescriberPage(actor: Actor, id: number): Promise<PrescriberPage | null> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const [{ rows }, { rows: people }] = await Promise.all([
      sql<PrescriberPage['record']>`
        select id, name, kind, city, version, archived_at is not null as archived from prescriber where garden_id = app_garden() and id = ${id}`.execute(
        tx,
      ),
      sql<PrescriberPage['people'][number]>`
        select p.id, p.name, p.email, p.phone,
          (select count(*)::int from referral r where r.garden_id = p.garden_id and r.person_id = p.id and r.renews_path_id is null) as referrals
        from prescriber_person p where p.garden_id = app_garden() and p.prescriber_id = ${id} and p.archived_at is null
        order by search_text(p.name), p.id`.execute(tx),
    ]);
    return rows[0] ? { record: rows[0], people } : null;
  });
}
