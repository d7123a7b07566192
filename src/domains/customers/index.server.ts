/** The door of customers: people and organisations that buy, their membership, mandate and balance brought over. */
export { addCustomer, archiveCustomer, type CustomerChange, changeCustomer, createCustomer, unarchiveCustomer } from './server/commands.ts';
export type { Conflict } from './server/conflict.ts';
/** For imports, within a transaction of theirs. */
export { customerNumbers, importCustomers, mandateOwners } from './server/import.ts';
export {
  type CustomerFacets,
  type CustomerList,
  type CustomerRow,
  type CustomersAsked,
  customerList,
  customerSorts,
  customersToExport,
} from './server/list.ts';
/** For billing, which knows kinds and prices. */
export { insertMembership, type NewMembership, setMembershipDispensed } from './server/membership.ts';
export { customerToChange, newCustomer } from './server/read.ts';
/** For domains that come after, within a transaction of theirs. */
export { type Customer, findCustomer, setVolunteer } from './server/store.ts';
