import { expect, test } from 'vitest';
import { done, refuse } from '#kernel/outcome.ts';
import { seenFirst } from './seen-first.ts';

/** A save that keeps what it was asked, and gives so many baskets. */
function saving(baskets: number) {
  const asked: string[] = [];
  return {
    asked,
    save: async (mode: 'preview' | 'apply') => {
      asked.push(mode);
      return done({ baskets });
    },
  };
}
const values = { name: 'Hiver' };

test('what gives baskets is told first, and done once confirmed', async () => {
  const { asked, save } = saving(12);
  expect(await seenFirst({ value: {}, values }, save)).toEqual({ answer: { values, preview: { baskets: 12 } } });
  expect(asked).toEqual(['preview']);
  expect(await seenFirst({ value: { confirmed: 'oui' }, values }, save)).toEqual({ done: { baskets: 12 } });
  expect(asked).toEqual(['preview', 'apply']);
});

test('what gives nobody a basket is done at once', async () => {
  const { asked, save } = saving(0);
  expect(await seenFirst({ value: {}, values }, save)).toEqual({ done: { baskets: 0 } });
  expect(asked).toEqual(['preview', 'apply']);
});

test('a refusal comes back with what was typed, seen or not', async () => {
  const no = async () => refuse('Trop tôt.', { name: 'Trop tôt.' });
  for (const value of [{}, { confirmed: 'oui' as const }])
    expect(await seenFirst({ value, values }, no)).toMatchObject({
      answer: { status: 422, data: { values, errors: { name: 'Trop tôt.' }, message: 'Trop tôt.' } },
    });
});
