import type { Cents } from '#kernel/money.ts';
import type { Thousandths } from '#kernel/quantity.ts';
import type { Choice, ProposalAsk, SizeAsk, TourAnswer } from './ask.ts';
import { usedBy } from './solve.ts';
import { points } from './weights.ts';

/** How good a basket is, in figures. `off`: what the criteria asked and it misses. */
export type SizeJudgement = {
  productId: number;
  baskets: number;
  /** Departure price in ten-millionths of a euro. */
  value: number;
  /** Euro per hundred of the target by which it misses it, below zero when it is too cheap; null without a target. */
  gapPercent: number | null;
  grams: number;
  /** Produce whose weight nobody knows: `grams` counts them for nothing. */
  unweighed: number[];
  kinds: number;
  /** Kinds that were in it last week. */
  repeated: number[];
  off: ('target' | 'light' | 'heavy' | 'few' | 'many')[];
  /** Must-haves that it lacks. */
  lacking: number[];
};

export type TourJudgement = {
  tourId: number | null;
  sizes: SizeJudgement[];
  /** best: nothing better can be had by these criteria, as was proved; near: at most `slack` points better; unproved: nobody knows. */
  proof: 'best' | 'near' | 'unproved';
  slack: number;
};

/** What there was of something, and what is left once every tour has its baskets. */
export type Remainder = { produceId: number; available: Thousandths; used: Thousandths; left: Thousandths; useUp: boolean };

export type Judgement = {
  tours: TourJudgement[];
  /** Of what is limited. `left` is below zero where locked lines alone take more than there is. */
  remainders: Remainder[];
  /** Baskets off their target, by how many and by how much: Σ gap × baskets, in cents. */
  budgetGap: Cents;
};

/** Points under which two compositions are as good as each other. */
const SAME = 0.6;

/** Says of an answer what it is worth: of each basket, of each tour, of what is left. */
export function judge(ask: ProposalAsk, answers: readonly TourAnswer[]): Judgement {
  const byId = new Map(ask.choices.map((choice) => [choice.id, choice]));
  const tours = answers.map((answer): TourJudgement => {
    const asked = ask.tours.find(({ tourId }) => tourId === answer.tourId)!;
    const sizes = answer.sizes.map(({ productId, lines }) =>
      judgeSize(asked.sizes.find((size) => size.productId === productId)!, lines, byId),
    );
    const slack = answer.bound === null ? 0 : Math.max(0, answer.cost - answer.bound);
    return { tourId: answer.tourId, sizes, proof: answer.bound === null ? 'unproved' : slack <= SAME ? 'best' : 'near', slack };
  });
  const used = usedBy(ask, answers);
  const remainders = ask.choices.flatMap((choice): Remainder[] => {
    const [{ available }, taken] = [choice, used.get(choice.id) ?? 0];
    if (available === null || (available === 0 && taken === 0)) return [];
    return [{ produceId: choice.id, available, used: taken, left: available - taken, useUp: choice.useUp }];
  });
  const gaps = tours.flatMap(({ tourId, sizes }) =>
    sizes.map(({ productId, value, baskets }) => {
      const { target } = ask.tours.find((tour) => tour.tourId === tourId)!.sizes.find((size) => size.productId === productId)!;
      return target === null ? 0 : (value - target) * baskets;
    }),
  );
  return { tours, remainders, budgetGap: Math.round(gaps.reduce((sum, gap) => sum + gap, 0) / 100_000) };
}

function judgeSize(asked: SizeAsk, lines: TourAnswer['sizes'][number]['lines'], byId: ReadonlyMap<number, Choice>): SizeJudgement {
  const inside = lines.map(({ produceId, quantity }) => ({ choice: byId.get(produceId)!, quantity }));
  const value = inside.reduce((sum, { choice, quantity }) => sum + choice.unitPrice * quantity, 0);
  const grams = inside.reduce((sum, { choice, quantity }) => sum + ((choice.grams ?? 0) * quantity) / 1000, 0);
  const gapPercent = asked.target ? ((value - asked.target) / asked.target) * 100 : null;
  const has = new Set(lines.map(({ produceId }) => produceId));
  const off: SizeJudgement['off'] = [];
  if (gapPercent !== null && Math.abs(gapPercent) > points.near) off.push('target');
  if (asked.weight.least !== null && grams < asked.weight.least) off.push('light');
  if (asked.weight.most !== null && grams > asked.weight.most) off.push('heavy');
  if (lines.length < asked.kinds.least) off.push('few');
  if (lines.length > asked.kinds.most) off.push('many');
  const takes = (choice: Choice) => asked.categories.length === 0 || asked.categories.includes(choice.category);
  return {
    ...{ productId: asked.productId, baskets: asked.baskets, value, gapPercent, grams, off, kinds: lines.length },
    unweighed: inside.filter(({ choice }) => choice.grams === null).map(({ choice }) => choice.id),
    repeated: lines.filter(({ produceId }) => (asked.recent.get(produceId) ?? 0) >= 1).map(({ produceId }) => produceId),
    lacking: [...byId.values()].filter((choice) => choice.mustHave && takes(choice) && !has.has(choice.id)).map(({ id }) => id),
  };
}
