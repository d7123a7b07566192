import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

/** How every icon of the house is drawn: said once for all, in src/ui/base.css, since a page has forty. */
const pen = ' fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" stroke-width="2"';

/**
 * An icon as a component: what it shows to nobody who listens, unless it has an `aria-label` of its own. It takes nothing else: spreading whatever attributes it may
 * be given, as unplugin-icons does, means to check each of them for each of the forty icons of a page.
 */
function icon(svg: string): string {
  const drawn = svg.includes(pen)
    ? svg
        .replace(/ width="[^"]*" height="[^"]*"/, ' class="line"')
        .replaceAll(pen, '')
        .replace(/<g>(.*)<\/g>/, '$1')
    : svg;
  const end = drawn.indexOf('>');
  const script = "<script>const { 'aria-label': label } = $props();</script>";
  return `${script}${drawn.slice(0, end)} aria-hidden={label ? undefined : 'true'} aria-label={label}${drawn.slice(end)}`;
}

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Registered by the one page that it serves (src/service-worker).
      serviceWorker: { register: false },
      // No inline script is ever allowed: pages that earn JavaScript load it from files.
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'https:'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
    icons({ compiler: { extension: 'svelte', compiler: icon } }),
  ],
  test: {
    // Both cores of a small machine: left to itself, Vitest keeps one for something else.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Files share a process: half the time would go into starting one for each.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'rules', include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'stores',
          include: ['tests/stores/**/*.test.ts'],
          globalSetup: ['tests/database.setup.ts'],
          setupFiles: ['tests/environment.setup.ts'],
        },
      },
    ],
  },
} as never);
