import { parentPort, workerData } from 'node:worker_threads';
import type { ProposalAsk, TourAnswer } from '../rules/proposal/ask.ts';
import { answerTour } from '../rules/proposal/solve.ts';
import { highsSolver, loadHighs } from './proposal-highs.ts';

/**
 * A thread of its own for the solver, which would hold the server's: run from the source by Node, whatever was built. Each tour's answer is
 * sent as soon as it is there, so that those found count even when the thread is stopped. Tours share the time left evenly.
 */
const { ask, seconds } = workerData as { ask: ProposalAsk; seconds: number };
const end = performance.now() + seconds * 1000;
const highs = await loadHighs();
const answers: TourAnswer[] = [];
while (answers.length < ask.tours.length) {
  const share = Math.max(0.2, (end - performance.now()) / 1000) / (ask.tours.length - answers.length);
  answers.push(answerTour(ask, answers, highsSolver(highs, share)));
  parentPort!.postMessage(answers.at(-1));
}
