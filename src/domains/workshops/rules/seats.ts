/** A party that wants to come together. */
export type Party = { id: number; seats: number };

/** Whether a party that asks now has its seats, or waits. Nobody whom there is room for is kept waiting, so a party that fits passes none that would. */
export const admitted = (seats: number, free: number): 'enrolled' | 'waiting' => (seats <= free ? 'enrolled' : 'waiting');

/**
 * Who of those that wait comes in when seats are free: in order of arrival, each whose whole party fits in what is left. A large party at the head keeps nobody
 * behind it from seats that it could not take.
 * @param free seats; below zero when the garden took more people than there are seats. @param waiting in order of arrival.
 * @returns their identifiers, in that order.
 */
export function comingIn(free: number, waiting: readonly Party[]): number[] {
  const chosen: number[] = [];
  let left = free;
  for (const { id, seats } of waiting) {
    if (seats > left) continue;
    chosen.push(id);
    left -= seats;
  }
  return chosen;
}
