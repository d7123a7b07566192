import { pathToFileURL } from 'node:url';
import type { APIRequestContext } from '@playwright/test';
import { garden } from './sign-in.ts';

export type Entrance = { method: 'GET' | 'POST'; route: string; action: string | null };

type Manifest = {
  routes: { id: string; page: { leaf: number } | null; endpoint: (() => Promise<Record<string, unknown>>) | null }[];
  nodes: (() => Promise<{ server?: { actions?: Record<string, unknown> } }>)[];
};

/** Every way into the built application: its pages, their actions and its endpoints, as SvelteKit itself lists them. */
export async function entrances(): Promise<Entrance[]> {
  const built = pathToFileURL(new URL('../../build/server/manifest-full.js', import.meta.url).pathname).href;
  const { manifest } = (await import(built)) as { manifest: Manifest };
  const found: Entrance[] = [];
  for (const { id, page, endpoint } of manifest.routes) {
    if (page) {
      found.push({ method: 'GET', route: id, action: null });
      const { server } = await manifest.nodes[page.leaf]!();
      for (const action of Object.keys(server?.actions ?? {})) found.push({ method: 'POST', route: id, action });
    }
    for (const method of Object.keys((await endpoint?.()) ?? {}))
      if (method === 'GET' || method === 'POST') found.push({ method, route: id, action: null });
  }
  return found.sort((a, b) => name(a).localeCompare(name(b)));
}

export const name = ({ method, route, action }: Entrance): string =>
  `${method} ${route.replace(/\/\([^)]+\)/g, '') || '/'}${action && action !== 'default' ? `?/${action}` : ''}`;

/** `/clients/12/modifier` and `/clients/7/modifier` are pages of one kind. */
const shapeOf = (path: string) => path.replace(/\/[\d-]+(?=\/|$)/g, '/*');

/** Fills the parameters of a route with things that exist, found by following the links that an administrator sees. */
export async function addresses(request: APIRequestContext, routes: string[]): Promise<Map<string, string>> {
  const pages = new Map([[garden, `/gestion/${garden}`]]);
  for (const page of pages.values()) {
    const answer = await request.get(page);
    if (!answer.headers()['content-type']?.startsWith('text/html')) continue;
    for (const match of (await answer.text()).matchAll(/(?:href|action)="([^"#?]+)/g)) {
      const link = new URL(match[1]!, answer.url()).pathname;
      if (link.startsWith(`/gestion/${garden}/`) && !pages.has(shapeOf(link))) pages.set(shapeOf(link), link);
    }
  }
  const found = new Map<string, string>();
  for (const route of routes) {
    const path = route.replace(/\/\([^)]+\)/g, '') || '/';
    const shape = new RegExp(`^${path.replace('[jardin]', garden).replace(/\[\.{0,3}[^\]]+\]/g, '([^/]+)')}$`);
    const real = [...pages.values()].find((page) => shape.test(page) && !/\/(nouveau|nouvelle|export|carte|roles)$/.test(page));
    found.set(route, real ?? path.replace('[jardin]', garden).replace(/\[\.{0,3}[^\]]+\]/g, '1'));
  }
  return found;
}
