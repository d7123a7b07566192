/** The door of messages: what is written to customers, what became of it, who wants what. */

export type { EventName } from './rules/events.ts';
export { deliverMessage } from './server/deliver.ts';
export { type Letter, type Notice, notify, writeTo } from './server/notify.ts';
