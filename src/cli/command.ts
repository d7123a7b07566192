import { readFile } from 'node:fs/promises';
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

const troubles: Record<string, string> = {
  ENOENT: 'ce fichier n’existe pas, ou son dossier',
  ENOTDIR: 'ce qui précède le nom n’est pas un dossier',
  EISDIR: 'c’est un dossier, pas un fichier',
  EACCES: 'ce compte n’y a pas accès',
  EPERM: 'ce compte n’y a pas accès',
  EROFS: 'on ne peut pas écrire à cet endroit',
  ENOSPC: 'le disque est plein',
};

/** What the system answers of a file, in French; null when the error is of something else. `asked`: for errors that do not name it. */
export function fileTrouble(error: unknown, asked?: string): string | null {
  const { code, path = asked } = error as NodeJS.ErrnoException;
  const why = troubles[code ?? ''];
  return why && path ? `« ${path} » : ${why}.` : null;
}

/** A file that a command was given; CommandFailed when it cannot be read. */
export const readGiven = (path: string): Promise<Buffer> =>
  readFile(path).catch((error) => {
    throw new CommandFailed(fileTrouble(error, path) ?? error.message);
  });

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
