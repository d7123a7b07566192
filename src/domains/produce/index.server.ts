/** The door of produce: what baskets are made of, and its reference prices. */
export { archiveProduce, changeProduce, createProduce, restoreProduce } from './server/commands.ts';
export {
  archiveCrew,
  archiveSupplier,
  type Crew,
  changeCrew,
  changeSupplier,
  createCrew,
  createSupplier,
  crew,
  crews,
  restoreCrew,
  restoreSupplier,
  type Supplier,
  supplier,
  suppliers,
} from './server/growers.ts';
export {
  listProduce,
  type ProduceAsked,
  type ProduceChoices,
  type ProducePage,
  type ProducePrice,
  produce,
  produceChoices,
} from './server/list.ts';
export { addPair, keepApart, removePair } from './server/pairs.ts';
export { producePhoto, removeProducePhoto, setProducePhoto } from './server/photos.ts';
export { addPrice, correctPrice, type PriceSet, removePrice, setPrices } from './server/prices.ts';
/** For the other domains, within a transaction of theirs. */
export { type Produce, produceOn } from './server/store.ts';
export { produceHistory } from './server/trail.ts';
export { produceTrail } from './trail.ts';
