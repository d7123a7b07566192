import { cashForecast } from '#domains/receivables/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { countOf, sayMonth } from '../count.ts';

const headers = ['Mois', 'Déjà facturé', 'À facturer', 'À recevoir', 'Dont par prélèvement'];

export const GET = async (event) => {
  const { actor, garden, today } = enter(event, 'billing:read');
  const { months } = await cashForecast(actor, today, countOf(event.url.searchParams));
  const cells = months.map((one) => [sayMonth(one.from), one.billed / 100, one.toBill / 100, one.expected / 100, one.debit / 100]);
  return exportTable(event, `previsions-${garden.slug}-${today}`, headers, cells);
};
