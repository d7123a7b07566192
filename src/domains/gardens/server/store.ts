import { sql } from 'kysely';
import type { Right } from '#platform/access/rights.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Team } from '../rules/team.ts';

export type Member = {
  id: number;
  userId: string;
  name: string;
  email: string;
  roleId: number;
  role: string;
  version: number;
  since: Date;
  endedAt: Date | null;
  /** False as long as the person has not chosen a password: her invitation is still open. */
  hasPassword: boolean;
};

/** People of the garden, those at work first, by name. */
export async function members(tx: Tx): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select s.id, s.user_id as "userId", u.name, u.email, s.role_id as "roleId", r.name as role, s.version, s.created_at as since, s.ended_at as "endedAt",
      exists (select from auth.account a where a."userId" = u.id and a."providerId" = 'credential') as "hasPassword"
    from staff s
    join auth."user" u on u.id = s.user_id
    join role r on r.garden_id = s.garden_id and r.id = s.role_id
    order by s.ended_at is not null, search_text(u.name)`.execute(tx);
  return rows;
}

export type Role = { id: number; name: string; rights: Right[]; version: number; people: number; former: number };

/** Roles of the garden with how many people have each, now and formerly. */
export async function roles(tx: Tx): Promise<Role[]> {
  const { rows } = await sql<Role>`
    select r.id, r.name, r.rights, r.version,
      count(s.id) filter (where s.ended_at is null) as people, count(s.id) filter (where s.ended_at is not null) as former
    from role r left join staff s on s.garden_id = r.garden_id and s.role_id = r.id
    group by r.garden_id, r.id order by r.id`.execute(tx);
  return rows;
}

export type LockedTeam = Omit<Team, 'members'> & { members: (Team['members'][number] & { version: number })[] };

/** The team, with the garden's row locked: changes of the team happen one after the other, so no two of them remove the last administrator. */
export async function lockTeam(tx: Tx, gardenId: number): Promise<LockedTeam> {
  await tx.selectFrom('garden').select('id').where('id', '=', gardenId).forUpdate().execute();
  const people = await tx.selectFrom('staff').select(['id', 'role_id as roleId', 'version']).where('ended_at', 'is', null).execute();
  const all = await tx.selectFrom('role').select(['id', 'rights']).execute();
  return { members: people, roles: all };
}
