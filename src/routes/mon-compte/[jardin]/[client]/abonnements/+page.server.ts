import { ownSubscriptions } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { onServer } from '#edge/on-server.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  return onServer({ today, subscriptions: await ownSubscriptions(own, today) });
};
