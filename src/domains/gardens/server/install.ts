import { addNetworkStaff, foundNetwork, type NetworkActor, requireNetwork, systemNetwork } from '#domains/network/index.server.ts';
import { type Outcome, refuse } from '#kernel/outcome.ts';
import { createUser, hashOf } from '#platform/auth/accounts.ts';
import type { NewGarden } from '../schema.ts';
import { allOrNothing, orUndo } from './all-or-nothing.ts';
import { createGarden, isNamesake } from './garden.ts';
import { bringIn, placeStaff } from './team.ts';

export type Installation = {
  network: string;
  garden: NewGarden;
  administrator: { name: string; email: string; password: string };
};

/**
 * The first start: network, first garden and its administrator, who also is the head office. All or nothing; refused once a network
 * exists. Of two at the same moment, one wins and leaves nothing of the other. Whoever calls it has checked that the request may
 * install (`src/edge/loopback.ts`, or the installation code).
 */
export async function install({ network, garden, administrator }: Installation): Promise<Outcome<{ slug: string; userId: string }>> {
  // Hashing takes its time: not while the transaction holds its locks.
  const passwordHash = await hashOf(administrator.password);
  return allOrNothing(async (tx) => {
    orUndo(await foundNetwork(tx, network));
    const userId = orUndo(await createUser({ ...administrator, passwordHash }, tx));
    await addNetworkStaff(systemNetwork, userId, tx);
    const made = orUndo(await createGarden({ userId, networkStaff: true }, garden, tx));
    orUndo(await placeStaff(tx, made.id, userId, made.administratorRoleId));
    return { slug: made.slug, userId };
  });
}

/**
 * A garden opened by the network: its record, its first roles, and its administrator, who is invited by e-mail. All or nothing. Two gardens of
 * one name could not be told apart in any list: the second is refused, and a form sent twice opens one.
 */
export function openGarden(
  actor: NetworkActor,
  garden: NewGarden,
  administrator: { name: string; email: string },
): Promise<Outcome<{ slug: string }>> {
  requireNetwork(actor);
  return allOrNothing(async (tx) => {
    const made = orUndo(await createGarden(actor, garden, tx));
    if (await isNamesake(tx, made.id, garden.name)) orUndo(refuse(`Un jardin s’appelle déjà « ${garden.name} ».`, { name: namesake }));
    orUndo(await bringIn(tx, made.id, { ...administrator, roleId: made.administratorRoleId }));
    return { slug: made.slug };
  });
}

const namesake = 'Un jardin porte déjà ce nom. Si c’en est un autre, ajoutez ce qui les distingue, par exemple sa ville.';
