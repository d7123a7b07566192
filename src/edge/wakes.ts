const pages = import.meta.glob<{ csr?: boolean }>('/src/routes/**/+page.ts', { eager: true });
const earned = new Set(
  Object.keys(pages).flatMap((file) => (pages[file]!.csr ? [file.slice('/src/routes'.length, -'/+page.ts'.length)] : [])),
);

/** Whether the page of this route sends a script, which then reads its data: those whose `+page.ts` says `csr = true` (decision 0001). */
export const wakes = (route: string | null): boolean => earned.has(route ?? '');
