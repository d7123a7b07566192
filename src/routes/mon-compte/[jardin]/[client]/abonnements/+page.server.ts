import { ownSubscriptions } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  return { today, subscriptions: await ownSubscriptions(own, today) };
};
