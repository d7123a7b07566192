/** The door of solidarity: programmes, who pays what, claims. */

/** Within a transaction: a person's stay in a programme; what feeds an envelope. */
export { type Feed, feedEnvelope } from './server/envelopes.ts';
export { type AtEnd, beginPath, endPath, type NewPath, renewPath, startPath } from './server/paths.ts';
