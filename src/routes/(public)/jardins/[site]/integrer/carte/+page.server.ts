import { placesSeen } from '#domains/site/index.server.ts';
import { enterSite } from '#edge/enter-site.ts';

export const load = async (event) => {
  const { visitor, today } = await enterSite(event, 'logistics:read');
  return { places: await placesSeen(visitor, today) };
};
