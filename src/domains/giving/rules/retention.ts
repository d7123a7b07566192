/** How long what concerns a donor is kept, in months. Receipts say what they said for six years (LPF, art. L102 B), amounts for ten (Code de commerce, art. L123-22). */
export const keptMonths = {
  /** A promise of which nothing was heard: it is given up, and who never gave anything is forgotten. */
  promise: 12,
  /** After her last gift. */
  donor: 36,
  /** After the day a receipt was made; the database refuses to forget it sooner (0052). */
  receipt: 72,
} as const;
