export { allOrNothing } from '#platform/db/all-or-nothing.ts';
