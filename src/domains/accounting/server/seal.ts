import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';
import { ensureSecret } from '#platform/auth/secret.ts';

/** What stands before the 32 bytes of an ed25519 key in DER (RFC 8410). */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * The installation's own key of signature, derived from its secret (COCAGNE_SECRET, or the one of the data folder): several machines agree on it, and a
 * backup that is restored elsewhere brings it along.
 */
function ownKey(): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', ensureSecret(), '', 'cocagne till archive, ed25519', 32));
  return createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
}

const rawPublic = (key: KeyObject): Buffer =>
  (createPublicKey(key).export({ format: 'der', type: 'spki' }) as Buffer).subarray(publicHead.length);

export type Seal = { signature: Buffer; publicKey: Buffer };

/** Signs bytes with the installation's key (ed25519). */
export function seal(content: Buffer): Seal {
  const key = ownKey();
  return { signature: sign(null, content, key), publicKey: rawPublic(key) };
}

/** The key of this installation, raw: what archives made here carry. */
export const ownPublicKey = (): Buffer => rawPublic(ownKey());

/** Whether a signature is that of these bytes by the holder of this key. */
export function isSealed(content: Buffer, { signature, publicKey }: Seal): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  return verify(null, content, createPublicKey({ key: Buffer.concat([publicHead, publicKey]), format: 'der', type: 'spki' }), signature);
}
