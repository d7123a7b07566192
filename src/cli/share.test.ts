import { describe, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import share from './share.ts';

const run = (values: Record<string, string>) => share.run([], { unit: 'kg', sizes: '60@17,40@33,10@50', total: '100', ...values });

describe('cocagne share', () => {
  test('answers in the unit', async () => {
    expect((await run({})).json).toEqual({ perBasket: [0.6, 1.16, 1.76], used: 100, left: 0 });
    expect((await run({ unit: 'piece', total: '254', sizes: '131@41,29@59' })).json).toEqual({ perBasket: [1, 4], used: 247, left: 7 });
  });
  test('a step of one’s own', async () => {
    // Exact shares 598 g, 1162 g, 1760 g; in steps of 50 g: 550, 1150, 1750, 96,5 kg; 3,5 kg left: 60 × 50 g, then 10 × 50 g.
    expect((await run({ step: '0,05' })).json).toEqual({ perBasket: [0.6, 1.15, 1.8], used: 100, left: 0 });
  });
  test('says it in words', async () => {
    expect((await run({ total: '83,5', sizes: '131@41,29@59' })).text).toMatch(
      /^ {2}131 × 480 g\n {3}29 × 710 g\nPartagé : 83,47 kg. Reste : 30 g\.$/,
    );
  });
  test.each([
    [{ total: 'cent' }, /--total « cent »/],
    [{ total: '-3' }, /--total/],
    [{ unit: 'litre' }, /--unit « litre »/],
    [{ sizes: '60' }, /--sizes « 60 »/],
    [{ sizes: '60@170' }, /de 0 à 100 %/],
    [{ sizes: '60@17,,10@50' }, /--sizes « {2}»/],
    [{ sizes: '0@50,10@0' }, /aucun panier n’a de part/],
    [{ step: '0' }, /--step/],
  ])('refuses %j', async (values, said) => {
    await expect(run(values)).rejects.toThrow(UsageError);
    await expect(run(values)).rejects.toThrow(said);
  });
});
