import { describe, expect, test } from 'vitest';
import { senderForm } from './schema.ts';

describe('how messages leave', () => {
  const wrong = { fromAddress: 'pas une adresse', smtpHost: 'smtp.exemple.fr' };
  const fields = (typed: Record<string, string>) => senderForm.safeParse(typed).error?.issues.map(({ path }) => path[0]) ?? [];

  test('by the common server, what was left in the fields of the garden’s own one stops nobody', () => {
    expect(fields({ way: 'house', ...wrong })).toEqual([]);
    expect(fields({ way: 'house', ...wrong, replyTo: 'pas une adresse' })).toEqual(['replyTo']);
  });

  test('by its own server, the address it leaves from is one', () => {
    expect(fields({ way: 'own', ...wrong })).toEqual(['fromAddress']);
    expect(fields({ way: 'own', ...wrong, fromAddress: '' })).toEqual(['fromAddress']);
    expect(fields({ way: 'own', ...wrong, fromAddress: ' Bonjour@Exemple.fr ' })).toEqual([]);
  });
});
