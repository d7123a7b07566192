import { planChoices, plans } from '#domains/plans/index.server.ts';
import { sayCounts, sayFrequencies } from '#domains/plans/labels.ts';
import { sayWeeks } from '#domains/plans/rules/weeks.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { planFilterList, plansAsked, readPlanQuery } from '../asked.ts';

const headers = [
  'Formule',
  'Produit',
  'Prix',
  'Prochain prix',
  'À partir du',
  'Fréquences',
  'Vendue',
  'Saison',
  'Semaines',
  'Abonnements',
  'État',
];
const amount = (cents: number | null) => (cents === null ? null : cents / 100);

/** The list as shown, all its pages. */
export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'catalogue:read');
  const query = readPlanQuery(event.url.searchParams, planFilterList(await planChoices(actor)));
  const { rows } = await plans(actor, today, plansAsked(query, true));
  const cells = rows.map((row) => [
    row.name,
    row.productName,
    amount(row.priceCents),
    amount(row.nextPriceCents),
    row.nextPriceOn,
    sayFrequencies(row.frequencies),
    sayCounts(row.basketCounts),
    row.seasonName ?? '',
    sayWeeks(row.weeks),
    row.subscriptions,
    row.archived ? 'archivée' : 'proposée',
  ]);
  return exportTable(event, `formules-${garden.slug}`, headers, cells);
};
