import { listProduce, produceChoices } from '#domains/produce/index.server.ts';
import { categoryLabels, organicLabels, sayContainer } from '#domains/produce/labels.ts';
import { sayMonths } from '#domains/produce/rules/season.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { unitLabels } from '#kernel/quantity.ts';
import { produceAsked, produceFilterList, readProduceQuery } from '../asked.ts';

const headers = [
  ...['Produit', 'Sorte', 'Famille', 'Unité', 'Prix de référence HT', 'Depuis le', 'Poids d’une pièce (g)', 'Saison'],
  ...['Mode de production', 'Fournisseur', 'Équipe de culture', 'Contenant', 'Conservation', 'État'],
];

/** The list as shown, all its pages. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'catalogue:read');
  const query = readProduceQuery(event.url.searchParams, produceFilterList(await produceChoices(actor)));
  const { rows } = await listProduce(actor, today, produceAsked(query, true));
  const cells = rows.map((row) => [
    row.name,
    categoryLabels[row.category].one,
    row.family,
    unitLabels[row.unit].one,
    row.unitPrice === null ? null : row.unitPrice / 10_000,
    row.pricedOn,
    row.pieceGrams,
    sayMonths(row.months),
    organicLabels[row.organic],
    row.supplierName ?? '',
    row.crewName ?? '',
    sayContainer(row),
    row.storage,
    row.archived ? 'archivé' : 'utilisé',
  ]);
  return exportTable(event, `mercuriale-${garden.slug}-${today}`, headers, cells);
};
