import { ownAwaited, ownDue, ownMandates } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const [due, mandates, awaited] = await Promise.all([ownDue(own, today), ownMandates(own, today), ownAwaited(own, today)]);
  return { due, awaited, mandate: mandates.standing, mayDebit: mandates.creditor !== null };
};
