/**
 * What a proposal weighs against what: points, of which one is a gap of 1 % between a basket and its target. The solver, the greedy fallback
 * and the judgement of both count with these.
 */
export const points = {
  /** Up to here (per cent of the target), a gap costs a point per cent; beyond, `far` points per cent. */
  near: 3,
  far: 10,
  /** Per cent of the limit that a basket is too light, or too heavy. */
  weight: 8,
  /** For each kind that is lacking, or too many. */
  kinds: 30,
  /** For a kind that was in it last week; less for the weeks before. */
  recent: 5,
  /** When nothing of it is used up; a part of it for a part. */
  useUp: 30,
  /** For each basket product without a must-have. */
  mustHave: 150,
} as const;
