import { harvestBySupplier } from '#domains/composition/index.server.ts';
import { purchaseLists } from '#domains/composition/rules/lists.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { unitLabels } from '#kernel/quantity.ts';
import { dayIn } from '../../day.ts';

const headers = [
  'Fournisseur',
  'Produit',
  'Il en faut',
  'Déjà là',
  'Contenants',
  'Contenant',
  'Quantité commandée',
  'Unité',
  'Il en restera',
];

/** What is bought for the day, as a file. */
export const GET = async (event) => {
  const { actor } = enter(event, 'composition:read');
  const day = dayIn(event);
  const { needs, rows, suppliers } = await harvestBySupplier(actor, day);
  const cells = purchaseLists(needs, rows, suppliers).flatMap(({ supplier, lines }) =>
    lines.map((line) => [
      supplier.name,
      line.name,
      line.need / 1000,
      line.there / 1000,
      line.containers,
      line.containers === null ? '' : line.container,
      line.bought / 1000,
      unitLabels[line.unit].short,
      line.leftOver / 1000,
    ]),
  );
  return exportTable(event, `achats-${day}`, headers, cells);
};
