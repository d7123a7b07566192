import type { Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';
import { drawEvidence } from '../documents/evidence-sheet.ts';
import { claimKinds } from '../labels.ts';
import { claimPage } from './claims-read.ts';

/** The evidence of a claim on paper, with the name of its file; null when there is none. */
export async function claimEvidence(actor: Actor, id: number, today: Day): Promise<{ name: string; content: Buffer } | null> {
  const claim = await claimPage(actor, id);
  if (!claim) return null;
  const { evidence, asks, kind, number, funder, garden, legal, from, until, cents } = claim;
  const title = `${claimKinds[kind].toLowerCase()} ${number}`;
  const content = await drawEvidence({ garden, legal, title, funder, asks, from, until, cents, ...evidence, editedOn: today });
  return { name: `justificatif-${number}`, content };
}
