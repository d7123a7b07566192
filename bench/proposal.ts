import type { ProposalAsk } from '../src/domains/composition/rules/proposal/ask.ts';
import { judge } from '../src/domains/composition/rules/proposal/judge.ts';
import { answerGreedily } from '../src/domains/composition/rules/proposal/solve.ts';
import { findBaskets } from '../src/domains/composition/server/proposal-thread.ts';
import { median, ms, type Result, seconds, timed, told, within } from './measure.ts';
import { log, part } from './part.ts';
import { sampleAsk } from './proposal-ask.ts';

const SEEDS = [1, 2, 3, 4, 5];
const number = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 1 });

/** How long the server's own thread was held, at most, while some work went on. */
async function heldDuring<T>(work: () => Promise<T>): Promise<{ held: number; value: T }> {
  let [held, last] = [0, performance.now()];
  const beat = setInterval(() => {
    held = Math.max(held, performance.now() - last - 10);
    last = performance.now();
  }, 10);
  try {
    return { value: await work(), held };
  } finally {
    clearInterval(beat);
  }
}

const costOf = (answers: { cost: number }[]) => answers.reduce((sum, { cost }) => sum + cost, 0);

/** Per cent by which baskets miss their target, every tour and size. */
const gapsOf = (ask: ProposalAsk, answers: Parameters<typeof judge>[1]) =>
  judge(ask, answers).tours.flatMap(({ sizes }) => sizes.map(({ gapPercent }) => Math.abs(gapPercent ?? 0)));

/** 40 kinds × 4 sizes × 5 tours, as a garden asks for them from its page: thread, loading of the solver and all. */
async function measure(): Promise<Result[]> {
  const took: number[] = [];
  const greedyTook: number[] = [];
  let [longestHeld, cost, bound, greedyCost, tours, best, fallbacks] = [0, 0, 0, 0, 0, 0, 0];
  const gaps: number[] = [];
  for (const seed of SEEDS) {
    const ask = sampleAsk(seed);
    const { took: time, value } = await timed(() => heldDuring(() => findBaskets(ask)));
    const { answers, fallback } = value.value;
    took.push(time);
    longestHeld = Math.max(longestHeld, value.held);
    cost += costOf(answers);
    bound += answers.reduce((sum, answer) => sum + (answer.bound ?? 0), 0);
    gaps.push(...gapsOf(ask, answers));
    tours += answers.length;
    best += judge(ask, answers).tours.filter(({ proof }) => proof === 'best').length;
    fallbacks += Number(fallback !== null);
    const greedy = await timed(async () => answerGreedily(ask));
    greedyTook.push(greedy.took);
    greedyCost += costOf(greedy.value);
    log(`${seed}: ${seconds(time)}, ${answers.map((answer) => `${number(answer.cost)} (bound ${number(answer.bound ?? 0)})`).join(', ')}`);
  }
  return [
    within(`40 kinds × 4 sizes × 5 tours: the slowest of ${SEEDS.length} days`, Math.max(...took), 15_000, seconds),
    told('… their median', seconds(median(took))),
    within('Server held meanwhile, longest', longestHeld, 250, ms),
    told(
      'Points against a tour, mean (solver; its proved bound; our greedy filling alone)',
      [cost, bound, greedyCost].map((sum) => number(sum / tours)).join('; '),
    ),
    told('Tours whose baskets are proved best, to half a point', `${best} of ${tours}`),
    told('Gap to the target of a basket: median, worst', `${number(median(gaps))} %, ${number(Math.max(...gaps))} %`),
    told('Greedy filling of a whole day, median', ms(median(greedyTook))),
    told('Days of which some tour was left to the greedy filling', String(fallbacks)),
  ];
}

await part(measure);
