import { sql } from 'kysely';
import pg from 'pg';
import { addStaff, createGarden } from '#domains/gardens/index.server.ts';
import { addNetworkStaff, foundNetwork, systemNetwork } from '#domains/network/index.server.ts';
import { publish } from '#domains/site/index.server.ts';
import { planBaskets } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { type Actor, actorOf, systemActor } from '#platform/access/actor.ts';
import { createUser, hashOf } from '#platform/auth/accounts.ts';
import { database } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { composeSeason } from './compositions.ts';
import { inventGarden } from './garden.ts';
import { insertGarden } from './insert.ts';
import { writeMark } from './mark.ts';
import { tellPast } from './past.ts';
import { growProduce } from './produce.ts';
import { fortnightly, large, networkProfiles, type Profile, small } from './profiles.ts';
import { standsAt } from './roads.ts';
import { PASSWORD, type SignIn, salesRole, signIns, team } from './team.ts';
import { workToday } from './today.ts';
import { leaveImportWaiting } from './waiting.ts';

export type Scale = 'demo' | 'network';
type Options = {
  /** Owner's address of the database, which is empty, up to date and open (`openDatabase`). */
  ownerUrl: string;
  today: Day;
  /** demo: three gardens with their seasons. network: 102 gardens and 27,200 subscriptions, for measuring. */
  scale: Scale;
  /** False leaves the baskets to be planned by the caller, who measures it. */
  plan?: boolean;
  log: (line: string) => void;
};

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};

/** Fills an empty database with the demonstration, always the same for a day. A loading that was cut short stays marked as such. */
export async function loadDemo({ ownerUrl, today, scale, plan = true, log }: Options): Promise<{ signIns: SignIn[] }> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await writeMark(owner, { state: 'loading', scale, today });
    const people = await foundDemo();
    const profiles = scale === 'demo' ? [large, small, fortnightly] : networkProfiles();
    const gardens: { slug: string; name: string }[] = [];
    let told = performance.now();
    let baskets = 0;
    for (const profile of profiles) {
      const made = await loadGarden(profile, today, plan);
      baskets += made.baskets;
      gardens.push({ slug: made.slug, name: profile.name });
      const actors = await hire(made, people);
      if (scale === 'demo') {
        // Tens of thousands of rows came at once: until PostgreSQL counts them, the work of this morning takes minutes on a busy machine.
        await owner.query('analyze');
        await growProduce(made.id, profile.seed, today);
        await composeSeason(systemActor(made.id), profile.seed, today);
        await tellPast(owner, made.id, actors);
        await workToday(actors, today);
        if (profile === large) await leaveImportWaiting(actors.get(salesRole)!, today);
        log(`  ${profile.name} : ${profile.customers} clients, ${count(made.baskets)} paniers`);
      } else await openDoors(made.id, today);
      if (scale === 'network' && performance.now() - told > 2000) {
        log(`  ${gardens.length} jardins sur ${profiles.length}, ${count(baskets)} paniers…`);
        told = performance.now();
      }
    }
    await owner.query('analyze');
    await writeMark(owner, { state: 'loaded', scale, today });
    return { signIns: signIns(gardens) };
  } finally {
    await owner.end();
  }
}

/** Pages that anybody may read, as visitors of a renewal day do. */
async function openDoors(gardenId: number, today: Day): Promise<void> {
  orThrow(await publish(systemActor(gardenId), true, today));
}

const count = (number: number) => number.toLocaleString('fr-FR');

/** The network and everybody's accounts. @returns accounts by e-mail. */
async function foundDemo(): Promise<Map<string, string>> {
  const passwordHash = await hashOf(PASSWORD);
  return database()
    .transaction()
    .execute(async (tx) => {
      orThrow(await foundNetwork(tx, 'Réseau de démonstration'));
      const accounts = new Map<string, string>();
      for (const { name, email, places } of team) {
        const userId = orThrow(await createUser({ name, email, passwordHash }, tx));
        accounts.set(email, userId);
        if (places.some(({ garden }) => garden === null)) await addNetworkStaff(systemNetwork, userId, tx);
      }
      return accounts;
    });
}

type LoadedGarden = { id: number; slug: string; baskets: number };

/** A garden with all its rows, and its baskets planned as on the day it changed tools: in one transaction. */
async function loadGarden(profile: Profile, today: Day, plan: boolean): Promise<LoadedGarden> {
  const garden = inventGarden(profile, today);
  return database()
    .transaction()
    .execute(async (tx) => {
      const { id, slug } = orThrow(
        await createGarden(systemNetwork, { name: profile.name, slug: profile.slug, ...place(garden.contact) }, tx),
      );
      const { phone, email } = garden.contact;
      await sql`
        update garden set phone = ${phone}, email = ${email}, accent = ${profile.accent}, settings = ${JSON.stringify({ ...profile.settings, ...standsAt(profile) })}::jsonb,
          taken_over_on = ${garden.takenOverOn} where id = ${id}`.execute(tx);
      await insertGarden(tx, id, garden);
      const planned = plan ? await planBaskets(tx, id, { today: garden.takenOverOn, takenOver: true }) : null;
      return { id, slug, baskets: planned?.inserted ?? 0 };
    });
}

const place = ({ address, postcode, city }: { address: string; postcode: string; city: string }) => ({ address, postcode, city });

/** Gives the garden its people. @returns them at work, by role. */
async function hire(garden: LoadedGarden, accounts: Map<string, string>): Promise<Map<string, Actor>> {
  const actor = systemActor(garden.id);
  const roles = await inGarden(actor, (tx) => tx.selectFrom('role').select(['id', 'name', 'rights']).execute());
  const hired = new Map<string, Actor>();
  for (const { email, places } of team) {
    const role = roles.find(({ name }) => places.some((one) => one.garden === garden.slug && one.role === name));
    if (!role) continue;
    const userId = accounts.get(email)!;
    orThrow(await addStaff(actor, userId, role.id));
    hired.set(role.name, actorOf(garden.id, userId, role.rights));
  }
  return hired;
}
