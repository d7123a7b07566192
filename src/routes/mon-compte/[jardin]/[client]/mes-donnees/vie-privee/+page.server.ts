import { enterOwn } from '#edge/enter-own.ts';

/** The same words for everybody, whether a price was agreed with her or not. */
export const load = async (event) => {
  await enterOwn(event);
};
