import type { Day } from '#kernel/day.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import type { Kind } from '../rules/model.ts';
import { importAtOnce } from './commands.ts';
import { problemOf } from './files.ts';
import type { GivenImport } from './given.ts';

const counted = ['customers', 'depots', 'tours', 'subscriptions', 'requests'] as const satisfies Kind[];

export type DirectoryReport = {
  /** What the command line prints as JSON: good lines, new or not, and the others. */
  report: { accepted: Record<(typeof counted)[number], number>; rejected: { file: string; line: number; reason: string }[] };
  /** What it says besides: files left aside, lines taken that have no effect. */
  remarks: { file: string; line: number | null; text: string }[];
  batchId: number;
};

/** Imports all the files of a folder at once, for the command line: nothing is asked, bad lines and unknown files are reported. */
export async function importDirectory(actor: Actor, given: GivenImport, when: { today: Day }): Promise<Outcome<DirectoryReport>> {
  const outcome = await importAtOnce(actor, given, when);
  if (!outcome.ok) return outcome;
  const { batchId, files, result } = outcome.value;
  const names = new Map(files.map(({ id, name }) => [id, name]));
  const accepted = Object.fromEntries(
    counted.map((kind) => {
      const own = result.files.filter((file) => file.kind === kind);
      return [kind, own.reduce((sum, { added, changed, unchanged }) => sum + added + changed + unchanged, 0)];
    }),
  ) as DirectoryReport['report']['accepted'];
  const rejected = result.files.flatMap(({ id, rejected: lines }) => lines.map((line) => ({ file: names.get(id)!, ...line })));
  const aside = files.flatMap((file) => {
    const problem = problemOf(file);
    return problem ? [{ file: file.name, line: null, text: problem.reason }] : [];
  });
  const without = result.remarks.map(({ fileId, line, text }) => ({ file: names.get(fileId)!, line, text }));
  return done({ report: { accepted, rejected }, remarks: [...aside, ...without], batchId });
}
