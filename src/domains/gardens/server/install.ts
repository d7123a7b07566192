import { addNetworkStaff, foundNetwork, systemNetwork } from '#domains/network/index.server.ts';
import { done, type Outcome, type Refusal } from '#kernel/outcome.ts';
import { createUser, hashOf } from '#platform/auth/accounts.ts';
import { database } from '#platform/db/index.ts';
import type { NewGarden } from '../schema.ts';
import { createGarden } from './garden.ts';
import { placeStaff } from './team.ts';

export type Installation = {
  network: string;
  garden: NewGarden;
  administrator: { name: string; email: string; password: string };
};

class Undone extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

function orUndo<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Undone(outcome);
  return outcome.value;
}

/**
 * The first start: network, first garden and its administrator, who also is the head office. All or nothing; refused once a network
 * exists. Of two at the same moment, one wins and leaves nothing of the other. Whoever calls it has checked that the request may
 * install (`src/edge/installer.ts`).
 */
export async function install({ network, garden, administrator }: Installation): Promise<Outcome<{ slug: string; userId: string }>> {
  // Hashing takes its time: not while the transaction holds its locks.
  const passwordHash = await hashOf(administrator.password);
  try {
    return await database()
      .transaction()
      .execute(async (tx) => {
        orUndo(await foundNetwork(tx, network));
        const userId = orUndo(await createUser({ ...administrator, passwordHash }, tx));
        await addNetworkStaff(systemNetwork, userId, tx);
        const made = orUndo(await createGarden({ userId, networkStaff: true }, garden, tx));
        orUndo(await placeStaff(tx, made.id, userId, made.administratorRoleId));
        return done({ slug: made.slug, userId });
      });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}
