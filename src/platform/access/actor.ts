import { allRights, isRight, type Right } from './rights.ts';

/** Somebody at work in one garden. `userId` is null for the garden's own tools (command line, jobs). */
export type Actor = { gardenId: number; userId: string | null; rights: ReadonlySet<Right> };

/** Thrown by the first line of a command: the page should not have offered it. The edge answers 403. */
export class AccessDenied extends Error {
  readonly right: Right | 'network' | 'own' | 'any';
  constructor(right: Right | 'network' | 'own' | 'any') {
    super(`Right missing: ${right}`);
    this.name = 'AccessDenied';
    this.right = right;
  }
}

export const actorOf = (gardenId: number, userId: string, rights: string[]): Actor => ({
  gardenId,
  userId,
  rights: new Set(rights.filter(isRight)),
});

/** The command line and jobs: started by whoever holds the machine. */
export const systemActor = (gardenId: number): Actor => ({ gardenId, userId: null, rights: new Set(allRights) });

export const can = (actor: Actor, right: Right): boolean =>
  actor.rights.has(right) || (right.endsWith(':read') && actor.rights.has(right.replace(':read', ':change') as Right));

/** First line of every command. `any`: whoever works in the garden, whatever her role lets her do. */
export function requireRight(actor: Actor, right: Right | 'any'): void {
  if (right === 'any' ? actor.rights.size === 0 : !can(actor, right)) throw new AccessDenied(right);
}
