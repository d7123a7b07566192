import { sayPercent } from '#domains/catalogue/labels.ts';
import { customerTrail } from '#domains/customers/labels.ts';
import { logisticsTrail } from '#domains/logistics/index.server.ts';
import { subscriptionTrail } from '#domains/subscriptions/labels.ts';
import { formatEuros } from '#kernel/money.ts';
import { type Actor, can } from '#platform/access/actor.ts';
import { type TableLabels, type ToldChange as ToldColumn, tellEntry } from '#platform/audit/say.ts';
import type { StoredChanges } from './changes.ts';

/** « Fiche du client », « 1002 Lamy Pierre », and what changes of it, column by column (or in one sentence). */
export type ToldChange = { title: string; name: string; columns: ToldColumn[] };

const euros = (value: unknown) => formatEuros(Number(value));
const percent = (value: unknown) => sayPercent(Number(value));

const productTrail: Record<string, TableLabels> = {
  product: {
    name: 'Panier du catalogue',
    right: 'catalogue:read',
    columns: {
      price_cents: { label: 'Prix TTC', say: euros },
      vat_basis_points: { label: 'TVA', say: percent },
      target_departure_cents: { label: 'Prix de départ visé', say: euros },
      wished_margin_basis_points: { label: 'Marge souhaitée', say: percent },
    },
  },
};
const trails = { ...productTrail, ...logisticsTrail, ...customerTrail, ...subscriptionTrail };

/** Changes in plain French, without what this person may not see. */
export const tellChanges = (actor: Actor, { rows, names }: StoredChanges): ToldChange[] =>
  rows.flatMap(({ table, name, before, after }) => {
    const entry = { id: 0, at: new Date(0), person: null, batch: null, table, rowId: 0, action: 'update' as const, before, after };
    const told = tellEntry(entry, trails, names, (right) => can(actor, right));
    return told ? [{ title: trails[table]!.name, name, columns: told.changes }] : [];
  });
