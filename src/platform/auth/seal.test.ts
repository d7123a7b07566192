import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from './seal.ts';

const secret = 'a'.repeat(64);

test('what is sealed opens again, whatever it says, and no two seals look alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const sealed = seal('paying', text, secret);
      expect(unseal('paying', sealed, secret)).toBe(text);
      expect(seal('paying', text, secret)).not.toBe(sealed);
    }),
    { numRuns: 50 },
  );
});

test('it opens for nothing else, with no other secret, and not once touched', () => {
  const sealed = seal('paying', 'sk_live_1', secret);
  expect(sealed).not.toContain('sk_live');
  expect(unseal('letters', sealed, secret)).toBeNull();
  expect(unseal('paying', sealed, 'b'.repeat(64))).toBeNull();
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  for (const at of [0, 12, bytes.length - 1]) {
    const touched = Buffer.from(bytes);
    touched[at]! ^= 1;
    expect(unseal('paying', `v1.${touched.toString('base64url')}`, secret)).toBeNull();
  }
  expect(unseal('paying', '', secret)).toBeNull();
  expect(unseal('paying', 'v1.abc', secret)).toBeNull();
});
