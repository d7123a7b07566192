import { sql } from 'kysely';
import { lastAbout, notify } from '#domains/messages/index.server.ts';
import { type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayReceives } from '../labels.ts';
import { sayCarriedPrice } from '../rules/agreed.ts';
import { renewalHorizon } from '../rules/renewal.ts';
import { type EndingSubscription, loadEndings, renewalWeeks } from './endings.ts';
import { list } from './load.ts';
import { type Told, toldOf } from './people.ts';
import type { Renewal } from './renewal.ts';
import { draftsOf, type RenewalLine } from './renewal-drafts.ts';
import { type Mode, reworking } from './rework.ts';

/** @param word what the garden adds to the letter, '' for nothing. */
export type ProposalForm = { ids: readonly number[]; word: string };

export type RenewalProposal = Pick<Renewal, 'lines' | 'left'> & {
  told: Told;
  /** All of them were written to already: a form sent twice. */
  already: boolean;
};

/** The occasion, and how its letters are found again: « 12 2026-11-22 » is subscription 12, proposed that day. */
export const proposal = 'renewal_proposed';

/**
 * Proposes to customers, by a letter, to carry on subscriptions that end: at the prices to come, as their account shows it. Nothing else changes; the answer is
 * theirs. Nobody is written to twice about the same subscription. A preview writes it all, tells how many it reaches, and takes it back.
 */
export async function proposeRenewal(
  actor: Actor,
  { ids, word }: ProposalForm,
  { today, mode }: { today: Day; mode: Mode },
): Promise<Outcome<RenewalProposal>> {
  requireRight(actor, 'subscriptions:change');
  if (ids.length === 0) return refuse('Cochez au moins un abonnement.', { ids: 'Cochez au moins un abonnement.' });
  return reworking(actor, mode, async (tx) => {
    const chosen = await loadEndings(tx, sql`s.id = any(${list(ids)}::bigint[])`);
    if (chosen.length === 0) return refuse('Ces abonnements n’existent pas dans votre jardin.');
    const proposedOn = await lastAbout(tx, proposal);
    const until = renewalHorizon(today, await renewalWeeks(tx, actor.gardenId));
    const left: Renewal['left'] = [];
    const open = chosen.filter((one) => {
      const why = whyNot(one, proposedOn.get(String(one.id)), until);
      if (why) left.push({ customerId: one.customerId, customer: `${one.lastName} ${one.firstName}`.trim(), why });
      return why === null;
    });
    const drafts = await draftsOf(tx, open, { ids, prices: 'new' }, today);
    const already = chosen.every(({ id }) => proposedOn.has(String(id)));
    const found = { lines: drafts.lines.map(({ line }) => line), left: [...left, ...drafts.left], already };
    if (found.lines.length === 0 && !already)
      return refuse(`Aucun ne peut être proposé : ${found.left[0]!.customer}, ${found.left[0]!.why}.`);
    const told = await write(tx, actor.gardenId, { lines: found.lines, open, word, today });
    return done({ ...found, told });
  });
}

/** Their account must show what the letter proposes. */
function whyNot(one: EndingSubscription, proposedOn: string | undefined, until: Day): string | null {
  if (proposedOn) return `déjà proposé le ${shortDay(proposedOn)}`;
  if (one.state === 'followed') return 'a déjà un autre abonnement qui suit';
  return one.overOn > until ? `se termine après le ${shortDay(until)} : son compte ne le propose pas encore` : null;
}

type Writing = { lines: readonly RenewalLine[]; open: readonly EndingSubscription[]; word: string; today: Day };

async function write(tx: Tx, gardenId: number, { lines, open, word, today }: Writing): Promise<Told> {
  const byId = new Map(open.map((one) => [one.id, one]));
  const reached = await notify(
    tx,
    gardenId,
    lines.map((line) => ({
      event: proposal,
      customerId: line.customerId,
      about: `${line.id} ${today}`,
      variables: {
        formule: sayReceives(line),
        fin: sayDayAndYear(line.was.overOn),
        debut: sayDayAndYear(line.becomes.startsOn),
        jusquau: sayDayAndYear(line.becomes.endsOn),
        prix: sayCarriedPrice(line.becomes.priceCents, line.becomes.endsOn, line.agreed),
        fini: line.was.overOn < today,
        tacite: byId.get(line.id)!.renews,
        message: word,
      },
    })),
  );
  return toldOf(tx, [...new Set(lines.map(({ customerId }) => customerId))], reached);
}
