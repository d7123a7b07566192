import { config } from '#platform/config.ts';

const pages = import.meta.glob<{ csr?: boolean }>('/src/routes/**/+page.ts', { eager: true });
const earned = new Set(
  Object.keys(pages).flatMap((file) => (pages[file]!.csr ? [file.slice('/src/routes'.length, -'/+page.ts'.length)] : [])),
);

/** Pages that earn it by a setting that the server alone knows: their `+page.server.ts` asks here. */
const bySetting: Record<string, () => boolean> = {
  // The server draws the map; a background of tiles, when there is one, earns the JavaScript that moves it.
  '/gestion/[jardin]/depots/carte': () => config.tilesUrl() !== null,
};

/** Whether the page of this route sends a script, which then reads its data: those whose `+page.ts` says `csr = true` (decision 0001), and a few by a setting. */
export const wakes = (route: string | null): boolean => route !== null && (earned.has(route) || (bySetting[route]?.() ?? false));
