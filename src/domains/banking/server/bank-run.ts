import { done, type Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type Confidence, confidences } from '../rules/proposal.ts';
import { type Accepted, acceptSure, proposed } from './bank-commands.ts';
import { type FileRead, type GivenFile, keepBankFile, tryBankFile } from './bank-files.ts';

/** Lines to deal with, by how sure their first proposal is. */
export type Waiting = Record<Confidence | 'unknown', number>;
export type BankRun = { file: FileRead; waiting: Waiting } & Accepted;

/**
 * From a file to what is left to deal with, as the command line does it. @param accept accept what is sure. @param dryRun nothing stays: what would
 * be read and proposed is told, nothing is accepted.
 */
export async function runBankFile(actor: Actor, given: GivenFile, { accept = false, dryRun = false } = {}): Promise<Outcome<BankRun>> {
  requireRight(actor, 'payments:change');
  if (dryRun) {
    const tried = await tryBankFile(actor, given, async (tx) => countWaiting(await proposed(tx)));
    return tried.ok ? done({ file: tried.value.file, waiting: tried.value.seen, accepted: 0, refused: [] }) : tried;
  }
  const file = await keepBankFile(actor, given);
  if (!file.ok) return file;
  const accepted = accept ? await acceptSure(actor) : done<Accepted>({ accepted: 0, refused: [] });
  if (!accepted.ok) return accepted;
  const waiting = countWaiting(await readInGarden(actor, proposed));
  return done({ file: file.value, waiting, ...accepted.value });
}

function countWaiting(all: Awaited<ReturnType<typeof proposed>>): Waiting {
  const count = (wanted: Confidence | undefined) => [...all.values()].filter(([first]) => first?.confidence === wanted).length;
  return { ...(Object.fromEntries(confidences.map((one) => [one, count(one)])) as Record<Confidence, number>), unknown: count(undefined) };
}
