import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firstSteps, type StepKey, stepsOf } from './steps.ts';

const nothing = Object.fromEntries(firstSteps.map(({ key }) => [key, false])) as Record<StepKey, boolean>;

test('an empty garden has everything to do; what may wait is not « left »', () => {
  const { done, left, steps } = stepsOf(nothing, () => true);
  expect({ done, left }).toEqual({ done: 0, left: firstSteps.filter(({ later }) => !later).length });
  expect(steps.every(({ mine }) => mine)).toBe(true);
});

test('baskets may leave once the first ones are done, whatever remains', () => {
  const has = { ...nothing, ...Object.fromEntries(firstSteps.filter(({ later }) => !later).map(({ key }) => [key, true])) };
  expect(stepsOf(has, () => false)).toMatchObject({ left: 0 });
  expect(stepsOf({ ...has, plans: false }, () => false)).toMatchObject({ left: 1 });
  expect(
    stepsOf(has, (right) => right === 'site:change')
      .steps.filter(({ mine }) => mine)
      .map(({ key }) => key),
  ).toEqual(['site']);
});

test('each step leads to a page of the handbook that is there', () => {
  const pages = readdirSync('docs/handbook').map((file) => file.replace(/^\d+-|\.md$/g, ''));
  expect(firstSteps.map(({ help }) => help.split('#')[0]!).filter((page) => !pages.includes(page))).toEqual([]);
  expect(new Set(firstSteps.map(({ key }) => key)).size).toBe(firstSteps.length);
  expect(readFileSync('docs/handbook/08-reglages.md', 'utf8')).toContain('## Les paniers et les autres produits');
});
