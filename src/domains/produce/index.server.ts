/** The door of produce: what baskets are made of, and its reference prices. */
/** For the other domains, within a transaction of theirs. */
export { type Produce, produceOn } from './server/store.ts';
