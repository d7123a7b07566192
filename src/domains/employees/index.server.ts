/** The door of baskets of employees: what they signed, and what payroll is given. */
export { closeMonth, endAgreement, noteAgreement } from './server/commands.ts';
export { agreement, agreements, payList } from './server/read.ts';
export { paySheet } from './server/sheet.ts';
export type { AgreementRow, PayLine, PayList } from './server/store.ts';
