import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Everything that must hold: types, lint, then rules, architecture and stores (Vitest), then pages in a real browser (Playwright).
 * Ends with one plain line, `N passed, N failed`, in which types, lint and build count as one each.
 * `npm test -- unit` and `npm test -- pages` run a part.
 */

type Count = { passed: number; failed: number; skipped: number };
/** Parts of the reports that Vitest and Playwright write, with what is read here. */
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
};
type Suite = {
  suites?: Suite[];
  specs?: {
    title: string;
    file: string;
    line: number;
    tests: { status: string; projectName: string; results: { errors: { message: string }[] }[] }[];
  }[];
};
type PlaywrightReport = Suite & { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };
type Step = { name: string; part: string; run: () => Promise<Count> };

const root = fileURLToPath(new URL('..', import.meta.url));
const results = mkdtempSync(join(tmpdir(), 'cocagne-results-'));
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

/** Runs a program, its output going where ours goes. @returns whether it ended well. */
function run(command: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

const one = (ok: boolean): Count => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** A runner that failed without a failed test (it broke down, or ran nothing) counts as a failure. */
const judged = (ok: boolean, count: Count): Count => (!ok || count.passed === 0 ? { ...count, failed: Math.max(count.failed, 1) } : count);

/** Said again at the end, where a long run is read first. */
const failures: string[] = [];
const fail = (where: string, messages: readonly string[]) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  failures.push([`✗ ${where}`, ...messages.map((text) => text.replace(/\u001b\[\d+m/g, '').slice(0, 2_000))].join('\n'));

function tellVitest({ testResults }: VitestReport): void {
  for (const { name, message, assertionResults } of testResults) {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName, failureMessages } of failed) fail(`${name}: ${fullName}`, failureMessages);
    // A file that could not even be read has a message and no test.
    if (message && failed.length === 0) fail(name, [message]);
  }
}

function tellPlaywright({ suites = [], specs = [] }: Suite): void {
  for (const { title, file, line, tests } of specs)
    for (const { status, projectName, results: runs } of tests)
      if (status === 'unexpected')
        fail(
          `[${projectName}] ${file}:${line} ${title}`,
          runs.flatMap(({ errors }) => errors.map(({ message }) => message)),
        );
  suites.forEach(tellPlaywright);
}

async function vitest(): Promise<Count> {
  const file = join(results, 'vitest.json');
  const ok = await run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  if (!existsSync(file)) return one(false);
  const report: VitestReport = JSON.parse(readFileSync(file, 'utf8'));
  tellVitest(report);
  const { numPassedTests, numFailedTests, numPendingTests } = report;
  return judged(ok, { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests });
}

async function playwright(): Promise<Count> {
  const file = join(results, 'playwright.json');
  const ok = await run(bin('playwright'), ['test', '--reporter=line,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  if (!existsSync(file)) return one(false);
  const report: PlaywrightReport = JSON.parse(readFileSync(file, 'utf8'));
  tellPlaywright(report);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return judged(ok, { passed: expected + flaky, failed: unexpected, skipped });
}

const steps: Step[] = [
  {
    name: 'Types',
    part: 'check',
    run: async () =>
      one(
        (await run(bin('svelte-kit'), ['sync'])) && (await run(bin('svelte-check'), ['--tsgo', '--fail-on-warnings', '--output', 'human'])),
      ),
  },
  { name: 'Forme (Biome)', part: 'check', run: async () => one(await run(bin('biome'), ['check', '--error-on-warnings', '.'])) },
  { name: 'Règles, architecture, données', part: 'unit', run: vitest },
  { name: 'Construction', part: 'pages', run: async () => one(await run(process.execPath, [join(root, 'scripts/build.ts')])) },
  { name: 'Pages', part: 'pages', run: playwright },
];

const wanted = process.argv.slice(2);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const seconds: string[] = [];
for (const step of steps.filter(({ part }) => !wanted.length || wanted.includes(part))) {
  console.log(`\n=== ${step.name}`);
  const start = performance.now();
  const count = await step.run();
  seconds.push(`${step.name} ${Math.round((performance.now() - start) / 1000)} s`);
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
}
rmSync(results, { recursive: true, force: true });
for (const failure of failures) console.log(`\n${failure}`);
console.log(`\n${seconds.join(' · ')}`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed || !total.passed ? 1 : 0;
