import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ensureSecret } from './secret.ts';

/** Who asks is mixed into the key, so that what was sealed for one use opens for no other. */
const keyOf = (use: string, secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'cocagne', use, 32));

/**
 * Seals a secret that a garden entrusts to us (a payment provider's key), to be stored: AES-256-GCM, with a key derived from the installation's secret. A copy of the
 * database without that secret tells nothing. @param use what it is for; the same is asked to open it.
 */
export function seal(use: string, text: string, secret = ensureSecret()): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(use, secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** What was sealed; null when it was for another use, by another installation, or was touched since. */
export function unseal(use: string, sealed: string, secret = ensureSecret()): string | null {
  if (!sealed.startsWith('v1.')) return null;
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  if (bytes.length < 28) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(use, secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
