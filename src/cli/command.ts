import type { ParseArgsConfig } from 'node:util';

export type Values = Record<string, string | boolean | undefined>;

/** One command of the command line. */
export type Command = {
  /** What stands behind the command's name, e.g. `DOSSIER --garden NOM --year AAAA`. */
  usage: string;
  summary: string;
  /** Every option with a word on it. */
  options: Record<string, { type: 'string' | 'boolean'; says: string }>;
  /** Number of words expected besides the options. */
  words: number;
  /** @returns what is printed on standard output: as JSON with --json, else as `text` says it. */
  run: (words: string[], values: Values) => Promise<Result>;
};

export type Result = { json: unknown; text: string };

/** Wrong words or options: the answer is the usage, and exit code 2. */
export class UsageError extends Error {}

/** Something that is asked for and cannot be done, in French: exit code 1, without a stack. */
export class CommandFailed extends Error {}

export function needed(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') throw new UsageError(`Il manque --${name}.`);
  return value;
}

export function neededYear(values: Values): number {
  const text = needed(values, 'year');
  if (!/^(19|20)\d\d$/.test(text))
    throw new UsageError(`--year « ${text} » : une année sur quatre chiffres est attendue, par exemple 2025.`);
  return Number(text);
}

export const log = (line: string): void => console.error(line);

export const toParseArgs = (command: Command): ParseArgsConfig['options'] => ({
  ...Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }])),
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
});
