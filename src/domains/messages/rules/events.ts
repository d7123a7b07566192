import type { MessageEvent, Value } from './event.ts';
import { account } from './events-account.ts';
import { arrival } from './events-arrival.ts';
import { baskets } from './events-baskets.ts';
import { calendar } from './events-calendar.ts';
import { contact } from './events-contact.ts';
import { giving } from './events-giving.ts';
import { money } from './events-money.ts';
import { self } from './events-self.ts';
import { solidarity } from './events-solidarity.ts';
import { workshops } from './events-workshops.ts';

/** Everything that writes to a customer by itself: one block each in `events-*.ts`, with the text of the house. */
export const events = {
  ...arrival,
  ...baskets,
  ...calendar,
  ...money,
  ...giving,
  ...account,
  ...contact,
  ...self,
  ...solidarity,
  ...workshops,
};

export type EventName = keyof typeof events;
export const eventNames = Object.keys(events) as EventName[];
export const isEvent = (name: string): name is EventName => name in events;
export const eventOf = (name: EventName): MessageEvent => events[name];

/** What has to be given for an event: all of its blanks, none else. Those of `everywhere` are filled in by the domain. */
export type VariablesOf<E extends EventName> = Record<keyof (typeof events)[E]['blanks'] & string, Value>;
