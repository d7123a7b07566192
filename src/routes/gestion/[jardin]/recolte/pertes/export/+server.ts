import { error } from '@sveltejs/kit';
import { losses } from '#domains/composition/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { unitLabels } from '#kernel/quantity.ts';
import { periodAsked } from '../asked.ts';
import { sayReasons } from '../say.ts';

const headers = ['Produit', 'Perdu', 'Unité', 'Récolté', 'Livraisons', 'Valeur (€ HT)', 'Pourquoi'];

/** Losses of a period, as a file. */
export const GET = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  const { from, until, errors } = periodAsked(event.url.searchParams, today);
  if (Object.keys(errors).length) error(400, { message: 'Cette période n’existe pas.' });
  const rows = await losses(actor, from, until);
  const cells = rows.map((row) => [
    row.name,
    row.lost / 1000,
    unitLabels[row.unit].short,
    row.picked / 1000,
    row.days,
    row.value === null ? null : row.value / 10_000_000,
    sayReasons(row),
  ]);
  return exportTable(event, `pertes-${from}-${until}`, headers, cells);
};
