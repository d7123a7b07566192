import { planLabels } from '#domains/plans/labels.ts';

const rows = [1, 2, 3].flatMap((row) => [
  [`limit${row}From`, `Limite ${row}, du`],
  [`limit${row}Until`, `Limite ${row}, au`],
  [`limit${row}Max`, `Limite ${row}, au plus`],
]);

/** Every field of the form by its name, for the list of what is to mend. */
export const formLabels: Record<string, string> = { ...planLabels, priceCents: 'Prix', ...Object.fromEntries(rows) };
