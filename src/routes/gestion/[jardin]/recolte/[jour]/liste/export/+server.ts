import { harvestByCrew } from '#domains/composition/index.server.ts';
import { crewLists } from '#domains/composition/rules/lists.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { unitLabels } from '#kernel/quantity.ts';
import { dayIn } from '../../day.ts';

/** The harvest list as a file; one column for each basket product, with how much goes into all of them. */
export const GET = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const day = dayIn(event);
  const { products, needs, rows, crews } = await harvestByCrew(actor, day);
  const headers = ['Équipe', 'Produit', 'À récolter', 'Unité', 'Poids (kg)', 'Manque', ...products.map(({ name }) => name)];
  const cells = crewLists(needs, rows, crews).flatMap(({ crew, lines }) =>
    lines.map((line) => [
      crew ?? '',
      line.name,
      line.quantity / 1000,
      unitLabels[line.unit].short,
      line.unit === 'kg' ? line.quantity / 1000 : line.grams === null ? null : line.grams / 1000,
      line.missing ? line.missing / 1000 : null,
      ...products.map(({ productId }) => {
        const taken = line.parts.filter((part) => part.productId === productId).reduce((sum, { baskets, each }) => sum + baskets * each, 0);
        return taken ? taken / 1000 : null;
      }),
    ]),
  );
  return exportTable(event, `recolte-${day}`, headers, cells);
};
