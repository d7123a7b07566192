import { sql } from 'kysely';
import { type ProposalCriteria, proposalCriteria } from '#domains/gardens/settings-proposal.ts';
import { keepApart } from '#domains/produce/index.server.ts';
import { type Day, sayDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { TourAnswer } from '../rules/proposal/ask.ts';
import { askOf, choicesOf, criteriaOf, type LeftOut, type Lock, type ProposalDay, storedLocks } from '../rules/proposal/day.ts';
import { type Judgement, judge } from '../rules/proposal/judge.ts';
import { keepCriteria, loadCriteria, loadProposalDay } from './proposal-day.ts';
import { type Fallback, findBaskets, type Limits } from './proposal-thread.ts';

/** What the page asks with: the day, the criteria of last time or first ones, what is locked already, what cannot be reckoned with. */
export type ProposalPage = { given: ProposalDay; criteria: ProposalCriteria; locks: Lock[]; leftOut: LeftOut[] };

/** Before anything is proposed. Eight queries. */
export function proposalPage(actor: Actor, day: Day): Promise<ProposalPage> {
  requireRight(actor, 'composition:change');
  return readInGarden(actor, async (tx) => {
    const given = await loadProposalDay(tx, day);
    const criteria = criteriaOf(given, await loadCriteria(tx, actor.gardenId));
    return { given, criteria, locks: storedLocks(given, criteria), leftOut: choicesOf(given).leftOut };
  });
}

export type Proposal = {
  answers: TourAnswer[];
  judgement: Judgement;
  fallback: Fallback;
  /** What is stored for the day as it was read: accepting is refused when it has changed since. */
  stored: { id: number; version: number }[];
};

/** One at a time for a garden: whoever asks the same again waits for the same answer. */
const underWay = new Map<number, { question: string; answer: Promise<Proposal> }>();

/**
 * Proposes baskets for a day, within a few seconds; nothing is written but the criteria, for the next time.
 * @param locks lines that stay as they are.
 */
export async function propose(
  actor: Actor,
  day: Day,
  criteria: ProposalCriteria,
  locks: readonly Lock[],
  limits?: Limits,
): Promise<Outcome<Proposal>> {
  requireRight(actor, 'composition:change');
  const given = await inGarden(actor, async (tx) => {
    // Of baskets that leave on other days, what was asked stays.
    const { sizes } = await loadCriteria(tx, actor.gardenId);
    await keepCriteria(tx, actor.gardenId, proposalCriteria.parse({ ...criteria, sizes: { ...sizes, ...criteria.sizes } }));
    return loadProposalDay(tx, day);
  });
  const ask = askOf(given, criteria, locks);
  if (ask.tours.length === 0) return refuse('Cochez au moins un panier qui part ce jour-là.');
  const offered = ask.choices.filter(({ available }) => available !== 0);
  if (offered.length === 0) return refuse(`Rien n’est disponible le ${sayDay(day)} : dites d’abord ce qu’il y a, sur la page « Récolte ».`);
  const question = JSON.stringify([day, criteria, locks]);
  const already = underWay.get(actor.gardenId);
  if (already && already.question !== question)
    return refuse('Une autre proposition est en cours de calcul pour votre jardin. Attendez quelques secondes, puis demandez à nouveau.');
  if (already) return done(await already.answer);
  const answer = findBaskets(ask, limits).then(
    ({ answers, fallback }): Proposal => ({
      ...{ answers, fallback, judgement: judge(ask, answers) },
      stored: given.compositions.map(({ id, version }) => ({ id, version })),
    }),
  );
  underWay.set(actor.gardenId, { question, answer });
  try {
    return done(await answer);
  } finally {
    underWay.delete(actor.gardenId);
  }
}

/** Keeps two from being proposed together. Said twice, it acts once. */
export function addPair(actor: Actor, one: number, other: number): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    const kept = await keepApart(tx, actor.gardenId, one, other);
    return kept.ok ? kept : refuse(kept.reason, { otherId: kept.reason });
  });
}

/** Lets two go together again. Said twice, it acts once. */
export function removePair(actor: Actor, id: number): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from produce_pair where id = ${id}`.execute(tx);
    return done(null);
  });
}
