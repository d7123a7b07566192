import type { RenewalLine } from '#domains/subscriptions/index.server.ts';
import { sayReceives } from '#domains/subscriptions/labels.ts';
import { sayPrices } from '#domains/subscriptions/labels-renewal.ts';
import { shortDay } from '#kernel/day.ts';
import { lines, link } from '#ui/cell.ts';
import type { Column } from '#ui/table.ts';

/** What would carry subscriptions on, one line each. @param base of the garden's pages. */
export const lineColumns = (base: string): Column<RenewalLine>[] => [
  { key: 'name', label: 'Client', cell: (row) => link(`${base}/clients/${row.customerId}`, `${row.lastName} ${row.firstName}`.trim()) },
  {
    key: 'what',
    label: 'Continue avec',
    cell: (row) => lines(sayReceives(row), [row.basketCount && `${row.basketCount} paniers`, row.depot].filter(Boolean).join(', ')),
  },
  {
    key: 'period',
    label: 'Période',
    nowrap: true,
    cell: (row) => lines(`${shortDay(row.becomes.startsOn)} – ${shortDay(row.becomes.endsOn)}`, `finit le ${shortDay(row.was.overOn)}`),
  },
  { key: 'price', label: 'Prix', numeric: true, cell: (row) => sayPrices(row.was.priceCents, row.becomes.priceCents) },
  { key: 'remarks', label: 'À savoir', cell: (row) => row.remarks.join(' ; ') },
];
