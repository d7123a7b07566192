import { notify, writeTo } from '#domains/messages/index.server.ts';
import { type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayPlace, sayWanted } from '../labels.ts';
import type { Progress } from './progress.ts';
import type { Shown } from './store.ts';

/** What was on the last screen, as it is kept and written. */
export function shownOf({ plan, place, preview, quote, answers: { rythme } }: Progress): Shown {
  const drafted = preview?.ok ? preview.value : null;
  return {
    wanted:
      plan && rythme ? sayWanted(plan.name, { quantity: rythme.quantite, wished: rythme.frequence, frequency: drafted?.frequency }) : '',
    place: place ? sayPlace(place) : '',
    startsOn: drafted?.baskets[0]?.date ?? null,
    endsOn: drafted?.endsOn ?? null,
    lines: quote?.lines ?? [],
    totalCents: quote?.totalCents ?? 0,
    aheadCents: aheadOf(quote?.payments[0], drafted?.baskets[0]?.date),
  };
}

/** The first payment, when it is asked for before anything is received. */
const aheadOf = (first: { dueOn: Day; cents: number } | undefined, received: Day | undefined): number =>
  first && received && first.dueOn <= received ? first.cents : 0;

const summary = ({ lines, totalCents }: Shown): string[] => [
  ...lines.map(({ label, detail, cents }) => `${label}${detail ? `, ${detail}` : ''} : ${formatEuros(cents)}`),
  `Total : ${formatEuros(totalCents)}`,
];

const about = (shown: Shown) => ({
  formule: shown.wanted,
  depot: shown.place,
  debut: shown.startsOn ? sayDay(shown.startsOn) : '',
  resume: summary(shown),
});

const waitingFor = (shown: Shown) => ({ formule: shown.wanted, depots: [shown.place] });

type Addressee = { email: string; firstName: string };

/** « Nous avons bien reçu votre inscription » */
export const writeReceived = (tx: Tx, gardenId: number, { email, firstName }: Addressee, shown: Shown): Promise<void> =>
  writeTo(tx, gardenId, { to: email, name: firstName, event: 'signup_received', variables: about(shown) });

/** « Bienvenue ! » @param more what remains to be done, or what the garden adds. @param awaiting what baskets wait for: they begin on no day yet. */
export const writeAccepted = (
  tx: Tx,
  gardenId: number,
  customerId: number,
  shown: Shown,
  { hours, more, awaiting }: { hours: string; more: string; awaiting: 'payment' | 'contract' | null },
): Promise<unknown> => {
  const attend = awaiting === 'payment' ? 'votre premier règlement' : awaiting === 'contract' ? 'votre contrat signé' : '';
  return notify(tx, gardenId, [
    { event: 'signup_accepted', customerId, variables: { ...about(shown), horaires: hours, message: more, attend } },
  ]);
};

export const writeRefused = (tx: Tx, gardenId: number, { email, firstName }: Addressee, message: string): Promise<void> =>
  writeTo(tx, gardenId, { to: email, name: firstName, event: 'signup_refused', variables: { message } });

/** « Vous êtes en liste d’attente » */
export const writeWaiting = (tx: Tx, gardenId: number, customerId: number, shown: Shown): Promise<unknown> =>
  notify(tx, gardenId, [{ event: 'waiting_added', customerId, variables: waitingFor(shown) }]);

/** The same to somebody who is no customer yet: the garden still has to answer, no place is kept meanwhile. */
export const writeWillWait = (tx: Tx, gardenId: number, { email, firstName }: Addressee, shown: Shown): Promise<void> =>
  writeTo(tx, gardenId, { to: email, name: firstName, event: 'waiting_added', variables: waitingFor(shown) });

/** The way back to a draft, for somebody who finishes later. @param until the last day it is kept. */
export const writeLater = (tx: Tx, gardenId: number, to: string, link: string, until: string): Promise<void> =>
  writeTo(tx, gardenId, { to, event: 'signup_resume', variables: { lien: link, jusquau: sayDayAndYear(until) } });
