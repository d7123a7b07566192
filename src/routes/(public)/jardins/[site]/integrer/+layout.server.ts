import { enterSite } from '#edge/enter-site.ts';
import { config } from '#platform/config.ts';

/** Blocks that a garden puts on a site of its own: without menu nor foot. src/edge/headers.ts lets other sites frame these pages, and no others. */
export const load = async (event) => {
  const { site, base, preview } = await enterSite(event);
  return { embed: { name: site.name, accent: site.accent, base, preview, platform: config.publicUrl() } };
};
