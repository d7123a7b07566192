import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { onLeave } from '#platform/application/leave.ts';
import { log } from '#platform/log.ts';
import type { ProposalAsk, TourAnswer } from '../rules/proposal/ask.ts';
import { answerTour } from '../rules/proposal/solve.ts';

/** Why tours were left to our own means, when some were. */
export type Fallback = null | 'failed' | 'late' | 'busy';
export type Found = { answers: TourAnswer[]; fallback: Fallback };

export type Limits = {
  /** For the solver, all tours together. */
  seconds?: number;
  /** What runs in the thread; the tests have others. */
  worker?: URL;
};

/** From when the solver's time is over until the thread is stopped: for loading, and for the greedy fillings. */
const GRACE = 3;
const running = new Set<Worker>();
/** Half of the machine at most goes into proposals; whoever comes then waits for a place, not longer than for a proposal. */
const places = Math.max(1, Math.floor(availableParallelism() / 2));
let leaving = false;

/**
 * Finds baskets for every tour asked, within a few seconds whatever happens: tours for which the thread failed, was late or found no place are
 * filled by our own means. The server goes on answering meanwhile.
 */
export async function findBaskets(ask: ProposalAsk, { seconds = 6, worker = workerFile() }: Limits = {}): Promise<Found> {
  const answers: TourAnswer[] = [];
  const fallback = (await placeWithin(seconds)) ? await inThread(ask, answers, seconds, worker) : 'busy';
  while (answers.length < ask.tours.length) {
    answers.push(answerTour(ask, answers, null));
    await setImmediate();
  }
  return { answers, fallback };
}

async function placeWithin(seconds: number): Promise<boolean> {
  for (let left = seconds * 10; running.size >= places; left--) {
    if (left <= 0 || leaving) return false;
    await setTimeout(100);
  }
  return !leaving;
}

function inThread(ask: ProposalAsk, answers: TourAnswer[], seconds: number, file: URL): Promise<Fallback> {
  const thread = new Worker(file, { workerData: { ask, seconds }, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } });
  stopOnLeave();
  running.add(thread);
  return new Promise((resolve) => {
    const end = (fallback: Fallback) => {
      clearTimeout(late);
      running.delete(thread);
      resolve(fallback);
      void thread.terminate();
    };
    const late = globalThis.setTimeout(() => end('late'), (seconds + GRACE) * 1000);
    thread.on('message', (answer: TourAnswer) => {
      answers.push(answer);
      if (answers.length === ask.tours.length) end(null);
    });
    thread.on('error', (error) => {
      log.error({ err: error }, 'proposal thread failed');
      end('failed');
    });
    thread.on('exit', () => end('failed'));
  });
}

let registered = false;
function stopOnLeave(): void {
  if (registered) return;
  registered = true;
  onLeave(async () => {
    leaving = true;
    await Promise.all([...running].map((thread) => thread.terminate()));
  });
}

/** The thread's file in the source: this one may be inside the built application. */
function workerFile(): URL {
  const path = join('src', 'domains', 'composition', 'server', 'proposal-worker.ts');
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, path))) {
    if (folder === dirname(folder)) throw new Error(`${path} is not above ${import.meta.url}.`);
    folder = dirname(folder);
  }
  return pathToFileURL(join(folder, path));
}
