import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { say } from '../scripts/progress.ts';
import { today } from '../src/platform/clock.ts';
import type { Result } from './measure.ts';

const file = fileURLToPath(new URL('./README.md', import.meta.url));

/** Says the results and writes them in bench/README.md between the part's markers. @returns whether every limit holds. */
export function report(part: string, title: string, results: Result[], server: string): boolean {
  const mark = ({ holds }: Result) => (holds === null ? '' : holds ? 'yes' : '**no**');
  const table = [
    '| | Measured | Limit | Holds |',
    '|---|---|---|---|',
    ...results.map((result) => `| ${result.what} | ${result.measured} | ${result.limit} | ${mark(result)} |`),
  ];
  say(`\n${title}`);
  for (const result of results)
    say(`  ${result.holds === false ? '✗' : ' '} ${result.what}: ${result.measured}${result.limit && ` (${result.limit})`}`);
  const where = `${today()}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release().split('-')[0]}, Node ${process.versions.node}, ${server}`;
  const text = readFileSync(file, 'utf8');
  const [open, close] = [`<!-- ${part}: begin -->`, `<!-- ${part}: end -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`bench/README.md has lost its markers for « ${part} ».`);
  const body = `\n${table.join('\n')}\n\n\`npm run bench -- ${part}\`, ${where}.\n\n`;
  writeFileSync(file, text.slice(0, start + open.length) + body + text.slice(end));
  return results.every(({ holds }) => holds !== false);
}
