import { existsSync } from 'node:fs';

/** The browser of the machine; undefined: Playwright says what is missing. */
export const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
