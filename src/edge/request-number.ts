import { randomFillSync } from 'node:crypto';

const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 10;
// Asking the system for randomness costs more than the rest of the number: a hundred requests' worth is taken at once.
const random = Buffer.alloc(100 * LENGTH);
let used = random.length;

/** What a person can quote of her request: short enough to be read on the telephone, of signs that cannot be mistaken for one another. */
export function requestNumber(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  let number = '';
  for (const end = used + LENGTH; used < end; used++) number += SIGNS[random[used]! % SIGNS.length];
  return number;
}
