import type { Cents } from '#kernel/money.ts';

/** Bars of a chart, in units of its drawing: `debit` from the ground up, the rest above it. */
export type Bars = {
  width: number;
  height: number;
  left: number;
  ground: number;
  ticks: { y: number; cents: Cents }[];
  bars: { x: number; width: number; middle: number; top: number; between: number }[];
};

const size = { width: 680, height: 260, left: 104, right: 8, top: 14, bottom: 30 };

/** A round step that cuts an amount into five at most: 1, 2 or 5 followed by noughts, in whole euros. */
export function stepOf(most: Cents): Cents {
  const least = Math.max(most / 5, 100);
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((times) => times * power >= least) ?? 10) * power;
}

/** Where bars stand. @param months what is expected, and the part of it that stands below. */
export function barsOf(months: readonly { expected: Cents; debit: Cents }[]): Bars {
  const step = stepOf(Math.max(100, ...months.map(({ expected }) => expected)));
  const most = step * Math.max(1, Math.ceil(Math.max(0, ...months.map(({ expected }) => expected)) / step));
  const ground = size.height - size.bottom;
  const y = (cents: Cents) => Math.round((ground - (cents / most) * (ground - size.top)) * 10) / 10;
  const room = (size.width - size.left - size.right) / Math.max(1, months.length);
  const width = Math.min(56, room * 0.62);
  const ticks = Array.from({ length: most / step + 1 }, (_, at) => ({ cents: at * step, y: y(at * step) }));
  const bars = months.map(({ expected, debit }, at) => {
    const middle = size.left + room * (at + 0.5);
    return { x: middle - width / 2, width, middle, top: y(expected), between: y(debit) };
  });
  return { width: size.width, height: size.height, left: size.left, ground, ticks, bars };
}
