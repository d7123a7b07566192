import type { Table } from '#kernel/table.ts';
import { readCustomers } from './customers.ts';
import { readCalendar, readDepots, readProducts, readTours } from './logistics.ts';
import type { Context, FileRead, Kind, Mapping, Read, Values } from './model.ts';
import { readRequests, readSubscriptions } from './subscriptions.ts';

/** How each kind of file is read. */
const readers: { [K in Kind]: (table: Table, mapping: Mapping, context: Context) => Read<Values[K]> } = {
  tours: readTours,
  depots: readDepots,
  products: readProducts,
  calendar: readCalendar,
  customers: readCustomers,
  subscriptions: readSubscriptions,
  requests: readRequests,
};

/**
 * A table → its lines as values, and the lines that cannot be one, with why. References to other files are not looked at
 * (see `crossCheck`). The mapping must give every required field a column (see `missingFields`).
 */
export const readFile = (kind: Kind, table: Table, mapping: Mapping, context: Context): FileRead =>
  ({ file: table.name, kind, ...readers[kind](table, mapping, context) }) as FileRead;
