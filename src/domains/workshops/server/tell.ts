import { type Notice, notify } from '#domains/messages/index.server.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayFee } from '../labels.ts';
import { sayWhen } from '../rules/workshop.ts';
import type { Enrolment, Workshop } from './store.ts';

/** What every letter says of a workshop. */
export const saidOf = (workshop: Workshop) => ({
  atelier: workshop.title,
  quand: sayWhen(workshop),
  lieu: [workshop.place, workshop.address].filter(Boolean).join(', '),
});

type Told = Pick<Enrolment, 'customerId' | 'seats'>;
const customers = (told: readonly Told[]) =>
  told.flatMap(({ customerId, seats }) => (customerId === null ? [] : [{ customerId, people: String(seats) }]));

/** Parties that have their seats; `freed`: after they waited. Guests have no letter: the animator calls them. */
export const tellEnrolled = (tx: Tx, gardenId: number, workshop: Workshop, told: readonly Told[], freed = false): Promise<unknown> =>
  notify(
    tx,
    gardenId,
    customers(told).map(
      ({ customerId, people }): Notice => ({
        event: freed ? 'workshop_place' : 'workshop_enrolled',
        customerId,
        variables: { ...saidOf(workshop), personnes: people, participation: sayFee(workshop) },
      }),
    ),
  );

export const tellWaiting = (tx: Tx, gardenId: number, workshop: Workshop, told: readonly Told[]): Promise<unknown> =>
  notify(
    tx,
    gardenId,
    customers(told).map(({ customerId }): Notice => ({ event: 'workshop_waiting', customerId, variables: saidOf(workshop) })),
  );

/** Another day, hour or place. @param before what they knew. */
export const tellMoved = (tx: Tx, gardenId: number, workshop: Workshop, before: Workshop, told: readonly Told[]): Promise<unknown> =>
  notify(
    tx,
    gardenId,
    customers(told).map(
      ({ customerId }): Notice => ({
        event: 'workshop_moved',
        customerId,
        variables: { ...saidOf(workshop), avant: `${sayWhen(before)}, ${before.place}` },
      }),
    ),
  );

export const tellCancelled = (tx: Tx, gardenId: number, workshop: Workshop, reason: string, told: readonly Told[]): Promise<unknown> =>
  notify(
    tx,
    gardenId,
    customers(told).map(
      ({ customerId }): Notice => ({ event: 'workshop_cancelled', customerId, variables: { ...saidOf(workshop), raison: reason } }),
    ),
  );
