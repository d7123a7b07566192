import type { ClaimRow } from '#domains/solidarity/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tone } from '#ui/cell.ts';

/** Where a claim stands, in a word. */
export function claimState(
  claim: Pick<ClaimRow, 'left' | 'cents' | 'contestedAt' | 'sentAt' | 'dueOn'>,
  today: Day,
): { label: string; tone: Tone } {
  if (claim.contestedAt) return { label: 'contestée', tone: 'attention' };
  if (claim.left === 0) return { label: claim.cents > 0 ? 'payée' : 'soldée', tone: 'good' };
  if (!claim.sentAt) return { label: 'à envoyer', tone: 'info' };
  if (claim.left < claim.cents) return { label: 'payée en partie', tone: 'info' };
  return claim.dueOn < today ? { label: 'en retard', tone: 'attention' } : { label: 'envoyée', tone: 'neutral' };
}
