import { enterSite } from '#edge/enter-site.ts';

export const load = async (event) => {
  const { site } = await enterSite(event);
  return { welcome: site.texts.welcome };
};
