import type { Thousandths } from '#kernel/quantity.ts';
import type { ProposalAsk, TourAnswer } from './ask.ts';
import { type Filling, tourCost } from './cost.ts';
import { fillGreedily } from './greedy.ts';
import { isLawful } from './lawful.ts';
import { fillingOf, type Model, modelOf, startOf } from './model.ts';
import { roomOf, type TourRoom } from './room.ts';

/** Anything that solves models: values of the columns when it found some, and a proved bound of the cost, when it has one. */
export type Solver = (
  model: Model,
  start: { indices: number[]; values: number[] },
) => { values: ArrayLike<number> | null; bound: number | null };

/** What tours took of each produce, locked lines included. */
export function usedBy(ask: ProposalAsk, answers: readonly TourAnswer[]): Map<number, Thousandths> {
  const used = new Map<number, Thousandths>();
  for (const { tourId, sizes } of answers) {
    const tour = ask.tours.find((one) => one.tourId === tourId);
    for (const { productId, lines } of sizes) {
      const baskets = tour?.sizes.find((size) => size.productId === productId)?.baskets ?? 0;
      for (const { produceId, quantity } of lines) used.set(produceId, (used.get(produceId) ?? 0) + quantity * baskets);
    }
  }
  return used;
}

/**
 * Answers for the next tour, given what earlier tours answered. The solver starts from the greedy filling; its answer counts if it is lawful
 * and costs less. Without a solver, the greedy filling it is.
 */
export function answerTour(ask: ProposalAsk, answers: readonly TourAnswer[], solver: Solver | null): TourAnswer {
  const room = roomOf(ask, answers.length, usedBy(ask, answers));
  const greedy = fillGreedily(room);
  if (!solver) return toAnswer(room, greedy, null, 'greedy');
  const model = modelOf(room);
  const { values, bound } = solver(model, startOf(model, room, greedy));
  const solved = values ? fillingOf(model, room, values) : null;
  const better = solved && isLawful(room, solved) && tourCost(room, solved) < tourCost(room, greedy) - 1e-6;
  return toAnswer(room, better ? solved : greedy, bound, bound === null ? 'greedy' : 'solver');
}

/** Every tour that has no answer yet, by our own means. */
export function answerGreedily(ask: ProposalAsk, answers: readonly TourAnswer[] = []): TourAnswer[] {
  const all = [...answers];
  while (all.length < ask.tours.length) all.push(answerTour(ask, all, null));
  return all;
}

const toAnswer = (room: TourRoom, filling: Filling, bound: number | null, by: TourAnswer['by']): TourAnswer => ({
  tourId: room.tourId,
  sizes: room.sizes.map((size, index) => ({
    productId: size.ask.productId,
    lines: [
      ...size.locked.map(({ choice, quantity }) => ({ produceId: choice.id, quantity })),
      ...size.places.flatMap(({ choice }, place) =>
        filling[index]![place]! > 0 ? [{ produceId: choice.id, quantity: filling[index]![place]! }] : [],
      ),
    ],
  })),
  cost: tourCost(room, filling),
  bound,
  by,
});
