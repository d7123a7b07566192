import { ownDue, ownMandates } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const [due, mandates] = await Promise.all([ownDue(own, today), ownMandates(own, today)]);
  return { due, mandate: mandates.standing, mayDebit: mandates.creditor !== null };
};
