import { expect, test } from 'vitest';
import { daysOf, parseQuarter, quarterOf, quartersOver, sayQuarter, tellQuarter } from './quarter.ts';

test('quarters: their days, those that are over, as they are written', () => {
  expect(daysOf({ year: 2026, quarter: 1 })).toEqual({ from: '2026-01-01', until: '2026-03-31' });
  expect(daysOf({ year: 2026, quarter: 4 })).toEqual({ from: '2026-10-01', until: '2026-12-31' });
  expect(quarterOf('2026-11-22')).toEqual({ year: 2026, quarter: 4 });
  expect(quartersOver('2026-02-01', 3).map(sayQuarter)).toEqual(['2025-T4', '2025-T3', '2025-T2']);
  expect(quartersOver('2026-06-01', 2).map(tellQuarter)).toEqual(['1er trimestre 2026', '4e trimestre 2025']);
  expect(parseQuarter('2026-T3')).toEqual({ year: 2026, quarter: 3 });
  expect([parseQuarter('2026-T5'), parseQuarter(''), parseQuarter('26-T1')]).toEqual([null, null, null]);
});
