import { createHmac, timingSafeEqual } from 'node:crypto';
import { ensureSecret } from './secret.ts';

/** A signature that fits in an address (132 bits), drawn from the installation's secret. @param use what it is for: a signature of one use is none for another. */
export const sign = (use: string, text: string, secret = ensureSecret()): string =>
  createHmac('sha256', secret).update(`${use}\n${text}`).digest('base64url').slice(0, 22);

/** Whether a signature is ours, in a time that says nothing of how near it was. */
export function isSigned(use: string, text: string, given: string, secret = ensureSecret()): boolean {
  const [ours, theirs] = [Buffer.from(sign(use, text, secret)), Buffer.from(given)];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
