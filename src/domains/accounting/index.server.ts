/** The door of accounting: the ledger as accountants read it, its closings, files for the accountant and the tax office. */
export { type AccountLedger, accountLedgers, balances, type LedgerLine, type TrialRow } from './server/accounts.ts';
export { type ArchiveFile, archiveTill, type Verified, verifyArchive } from './server/archive.ts';
export { attestationSheet } from './server/attest.ts';
export {
  type Account,
  type Activity,
  accountingChoices,
  addAccount,
  addActivity,
  chart,
  putAccountAside,
  putActivityAside,
  renameAccount,
  renameActivity,
} from './server/chart.ts';
export { type Closed, closeMonth, closeYear } from './server/closings.ts';
export { type EntryPage, type EntryRow, entry, type JournalRow, journals, listEntries } from './server/entries.ts';
export { cancelExport, type ExportRow, exportCells, exportedLines, exportHeaders, exports, makeExport } from './server/exports.ts';
export { type Fec, fec, fecFile } from './server/fec.ts';
export { checkIntegrity, type Integrity } from './server/integrity.ts';
export { type Sales, sales, type VatSummary, vatSummary } from './server/sales.ts';
export { closeTill, type Till, type TillRow, till } from './server/till.ts';
export { reverseEntry, writeEntry } from './server/write.ts';
export { fiscalYears, setYearDays, type Years } from './server/years.ts';
export { accountingTrail } from './trail.ts';
