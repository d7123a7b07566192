/** The door of imports: a garden's own files, checked, taken in as a batch, and taken back. */
export { abandonImport, applyImport, proposeImport, settleFile } from './server/commands.ts';
export { type DirectoryReport, importDirectory } from './server/directory.ts';
export { largestFile, mostFiles } from './server/given.ts';
export {
  type BatchDetails,
  type BatchRow,
  batchDetails,
  type FileColumns,
  type FileDetails,
  fileColumns,
  listBatches,
  rejectsOf,
} from './server/read.ts';
export { undoImport } from './server/undo.ts';
