import { existsSync } from 'node:fs';

/**
 * The browser of the machine; undefined: Playwright says what is missing. Debian's shell without a window comes first: the same engine for less than
 * half of the processor.
 */
export const chromium = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
  .map((name) => `/usr/bin/${name}`)
  .find((path) => existsSync(path));
