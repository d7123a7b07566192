import { defineConfig, devices } from '@playwright/test';
import { chromium } from './tests/e2e/chromium.ts';
import { demo, empty } from './tests/e2e/servers.ts';

/**
 * Pages in a real browser, twice: with JavaScript on a wide screen, without it on a telephone. `demo` is the demonstration on a Monday of
 * October; `empty` is an installation that nobody has visited, on the day on which the pilot garden changes tools.
 */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const root = process.getuid?.() === 0;

const wide = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 900 } };
const phone = { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/global.setup.ts',
  outputDir: 'test-results',
  timeout: 60_000,
  // A machine of two cores that serves, looks and draws at once takes its time.
  expect: { timeout: 10_000 },
  // Two at a time: one that looks at every page, one that works; nobody else changes what is worked on.
  workers: 2,
  forbidOnly: !!process.env.CI,
  use: {
    baseURL: demo.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromium, args: root ? ['--no-sandbox', ...quiet] : quiet },
  },
  projects: [
    // What changes the demonstration, one after the other.
    { name: 'écran large', use: wide, workers: 1, testIgnore: /(access|bare|keyboard|live-map|look|newcomer)\.spec/ },
    {
      name: 'téléphone sans JavaScript',
      use: { ...phone, javaScriptEnabled: false },
      workers: 1,
      testIgnore: /(access|bare|keyboard|live-map|look|newcomer|scripted)\.spec/,
      dependencies: ['écran large'],
    },
    // What only looks, or has an installation of its own: beside it.
    { name: 'regard, écran large', use: wide, workers: 1, testMatch: /(keyboard|live-map|look|newcomer)\.spec/ },
    {
      name: 'regard, téléphone sans JavaScript',
      use: { ...phone, javaScriptEnabled: false },
      workers: 1,
      testMatch: /(bare|live-map)\.spec/,
      dependencies: ['regard, écran large'],
    },
    // Posts every form there is: after everybody else.
    {
      name: 'accès',
      use: wide,
      testMatch: /access\.spec/,
      dependencies: ['téléphone sans JavaScript', 'regard, téléphone sans JavaScript'],
    },
  ],
  webServer: [demo, empty].map(({ name, url }) => ({
    command: `node tests/e2e/serve.ts ${name}`,
    url: `${url}/health`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
    stdout: 'ignore' as const,
    stderr: 'pipe' as const,
  })),
});
