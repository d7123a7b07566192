import { enterOwn } from '#edge/enter-own.ts';

export const load = async (event) => {
  const { today } = await enterOwn(event);
  return { today };
};
