import { customerList, customerToChange } from '#domains/customers/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { type Actor, can } from '#platform/access/actor.ts';
import { idAsked } from './id.ts';

/** A record that a form is about, chosen on the page before it: `?q=` searches, `?client=` chooses. `ChooseCustomer` of src/ui shows it. */
export type ChosenCustomer = {
  /** Without the right to read customers nobody can be searched. */
  searches: boolean;
  search: string;
  customer: { id: number; name: string } | null;
  found: { id: number; number: string; name: string; city: string }[];
};

/** One query, none while nothing is asked. */
export async function chooseCustomer(actor: Actor, params: URLSearchParams, today: Day): Promise<ChosenCustomer> {
  const searches = can(actor, 'customers:read');
  const search = searches ? (params.get('q') ?? '').trim() : '';
  const id = searches ? idAsked(params.get('client')) : undefined;
  const chosen = id ? (await customerToChange(actor, id))?.customer.values : undefined;
  if (id && chosen) return { searches, search, customer: { id, name: `${chosen.firstName} ${chosen.lastName}`.trim() }, found: [] };
  const { rows } = search
    ? await customerList(actor, today, { search, sort: 'nom', direction: 'asc', page: 1, perPage: 20, filters: {} })
    : { rows: [] };
  const found = rows.map(({ id, number, lastName, firstName, city }) => ({ id, number, name: `${lastName} ${firstName}`.trim(), city }));
  return { searches, search, customer: null, found };
}
