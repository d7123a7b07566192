/** Asks the service worker to keep this page as it is now, with the files it is made of; nothing where there is none. */
export async function keepPage(scope: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js', { scope, type: 'module' });
  const { active } = await navigator.serviceWorker.ready;
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/_app/immutable/`));
  active?.postMessage({ keep: location.pathname, files: [...new Set(files)] });
}

/** Says at the door how much waits here: signing out would lose it (src/edge/device.ts). */
export function tellWaiting(count: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet.
  document.cookie = `cocagne.attente=${count}; path=/; samesite=lax; max-age=${count ? 30 * 86_400 : 0}`;
}
