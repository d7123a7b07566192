/**
 * Keeps the page of a round for when there is no network; nothing else. It is registered by that page, for its addresses alone (decision 0018):
 * other pages never pass through it. The page asks for what is kept; signing out clears it (src/edge/device.ts).
 */
import { self } from '$app/service-worker';

const pages = 'cocagne-tournee-pages';
const files = 'cocagne-tournee-fichiers';
/** A round is over in a day: an older page is never shown. */
const longest = 20 * 3600_000;
/** With a network that is there without answering, the page that is kept comes first. */
const patience = 6000;

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const { keep: path, files: wanted } = event.data as { keep: string; files: string[] };
  event.waitUntil(keep(path, wanted));
});

/** The page as it is now, and the files it is made of; files of an earlier version go. */
async function keep(path: string, wanted: string[]): Promise<void> {
  const answer = await fetch(path);
  const cache = await caches.open(pages);
  if (!shows(answer)) await cache.delete(path);
  else await cache.put(path, answer);
  for (const request of await cache.keys()) if (isOld(await cache.match(request))) await cache.delete(request);
  const kept = await caches.open(files);
  const known = new Set((await kept.keys()).map(({ url }) => url));
  for (const url of known) if (!wanted.includes(url)) await kept.delete(url);
  await kept.addAll(wanted.filter((url) => !known.has(url)));
}

const shows = (answer: Response) => answer.ok && !answer.redirected && !!answer.headers.get('content-type')?.startsWith('text/html');
const isOld = (answer: Response | undefined) => Date.now() - Date.parse(answer?.headers.get('date') ?? '') > longest;

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(open(request, url.pathname));
  else if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(file(request));
});

/** From the network; without it, or when it keeps silent, as it was kept. */
async function open(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(pages);
  const kept = await cache.match(path);
  const usable = kept && !isOld(kept) ? kept : undefined;
  const fromNetwork = fetch(request).then(async (answer) => {
    // Signed out, or no longer allowed: what was kept is nobody's any more.
    if (answer.type === 'opaqueredirect' || [401, 403, 404].includes(answer.status)) await cache.delete(path);
    return answer;
  });
  if (!usable) return fromNetwork.catch(() => absent());
  const silence = new Promise<Response>((resolve) => setTimeout(resolve, patience, usable));
  return Promise.race([fromNetwork.catch(() => usable), silence]);
}

async function file(request: Request): Promise<Response> {
  return (await (await caches.open(files)).match(request)) ?? fetch(request);
}

const absent = () =>
  new Response(
    '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pas de réseau</title><body style="font:1.1rem/1.5 sans-serif;margin:2rem"><h1>Pas de réseau</h1><p>Cette tournée n’a pas encore été ouverte sur ce téléphone. Ouvrez-la une fois avec du réseau : elle restera ensuite lisible sans.</p><p><a href="">Essayer de nouveau</a></p></body></html>',
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } },
  );
