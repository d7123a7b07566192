/** A payment's name in addresses: its garden, then 128 bits that nobody guesses. `5-…`. */
export const tokenOf = (gardenId: number, secret: string): string => `${gardenId.toString(36)}-${secret}`;

/** The garden of a token; null when it is none. What it says is only where to look: the rest must be found there. */
export function gardenIn(token: string): number | null {
  const match = /^([1-9a-z][0-9a-z]{0,5})-[A-Za-z0-9_-]{22}$/.exec(token);
  return match ? Number.parseInt(match[1]!, 36) : null;
}
