import { AccessDenied } from '#platform/access/actor.ts';

/** Somebody of the network's head office, or the machine's own tools (`userId` null). Creates gardens; sees none of their rows. */
export type NetworkActor = { userId: string | null; networkStaff: boolean };

/** The command line: whoever holds the machine. */
export const systemNetwork: NetworkActor = { userId: null, networkStaff: true };

/** First line of the network's commands. */
export function requireNetwork(actor: NetworkActor): void {
  if (!actor.networkStaff) throw new AccessDenied('network');
}
