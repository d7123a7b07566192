import type { RequestEvent } from '@sveltejs/kit';

const always: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** For answers that are not pages (PDF, CSV, JSON): nothing in them may run. Pages get theirs from SvelteKit (vite.config.ts). */
const sealed = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
/** Browsers show a PDF with a viewer of their own, which that policy would stop. */
const pdf = "frame-ancestors 'none'";

/** Blocks that gardens put on sites of their own: the only pages that others may frame. Nothing there acts on anything. */
const framed = /^\/\(public\)\/jardins\/\[site\]\/integrer\//;

/**
 * Headers of every answer. Private pages are never kept by a cache; behind TLS, browsers come back through TLS only (one year).
 * A page made for framing may set its own `x-frame-options` and policy, which are left alone.
 */
export function secure(event: RequestEvent, response: Response): void {
  const { headers } = response;
  const anywhere = framed.test(event.route.id ?? '') && response.ok;
  for (const name in always) if (!headers.has(name)) headers.set(name, always[name]!);
  if (!headers.has('content-security-policy')) {
    headers.set('content-security-policy', headers.get('content-type') === 'application/pdf' ? pdf : sealed);
  }
  if (anywhere) {
    headers.delete('x-frame-options');
    headers.set('cross-origin-resource-policy', 'cross-origin');
    headers.set('content-security-policy', headers.get('content-security-policy')!.replace("frame-ancestors 'none'", 'frame-ancestors *'));
  }
  if (event.request.headers.get('x-forwarded-proto') === 'https')
    headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  if (headers.get('content-type')?.startsWith('text/html')) headers.set('speculation-rules', '"/speculation"');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  headers.set('x-request-id', event.locals.requestId);
}
