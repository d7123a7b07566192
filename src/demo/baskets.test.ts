import { expect, test } from 'vitest';
import { type DemoProduce, fillBasket } from './baskets.ts';
import { chance } from './random.ts';

const produce: DemoProduce[] = Array.from({ length: 30 }, (_, id) => ({
  ...{ id, category: id % 6 === 0 ? 'fruit' : 'vegetable', family: `famille ${id % 11}` },
  ...{ unit: id % 3 === 0 ? ('piece' as const) : ('kg' as const), unitPrice: 11_000 + (id % 7) * 3000 },
}));

test('baskets cost about what is aimed at, of five kinds at least, never twice the same', () => {
  const luck = chance(1);
  for (let turn = 0; turn < 200; turn += 1) {
    const lines = fillBasket(produce, 986, 0.1, luck);
    const cents = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0) / 100_000;
    expect(lines.length).toBeGreaterThanOrEqual(5);
    expect(new Set(lines.map(({ produceId }) => produceId)).size).toBe(lines.length);
    expect(cents).toBeGreaterThan(986 * 0.85);
    expect(cents).toBeLessThan(986 * 1.15);
  }
});
