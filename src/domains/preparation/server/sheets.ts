import type { Outcome } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { writeXlsx } from '#platform/files/table.ts';
import { drawChangesSheet } from '../documents/changes-sheet.ts';
import { drawDepotLists } from '../documents/depot-lists.ts';
import { drawLabels } from '../documents/label-sheet.ts';
import { drawPreparationSheet } from '../documents/preparation-sheet.ts';
import { drawRouteSheet } from '../documents/route-sheet.ts';
import { changesTable, depotsTable, labelsTable, preparationTable, routeTable, type SheetTable } from '../documents/tables.ts';
import { changesSheet } from './changes-sheet.ts';
import { daySheet } from './day-sheet.ts';
import { type LabelsAsked, labelsSheet } from './labels-sheet.ts';

export const sheetKinds = ['preparation', 'route', 'changes', 'depots', 'labels'] as const;
export type SheetKind = (typeof sheetKinds)[number];
export const sheetFormats = ['pdf', 'xlsx'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** For each kind: what is read, how it is drawn, and the table it is in a spreadsheet. */
type Maker<Model> = {
  read: (actor: Actor, asked: LabelsAsked) => Promise<Outcome<Model>>;
  draw: (model: Model) => Promise<Buffer>;
  table: (model: Model) => SheetTable;
};
const maker = <Model>(read: Maker<Model>['read'], draw: Maker<Model>['draw'], table: Maker<Model>['table']) => ({
  async make(actor: Actor, asked: LabelsAsked, format: SheetFormat): Promise<Outcome<Buffer>> {
    const model = await read(actor, asked);
    return model.ok ? { ok: true, value: format === 'pdf' ? await draw(model.value) : await workbook(table(model.value)) } : model;
  },
});
const makers = {
  preparation: maker((actor, asked) => daySheet(actor, { ...asked, contents: true }), drawPreparationSheet, preparationTable),
  route: maker(daySheet, drawRouteSheet, routeTable),
  changes: maker(changesSheet, drawChangesSheet, changesTable),
  depots: maker(daySheet, drawDepotLists, depotsTable),
  labels: maker(labelsSheet, drawLabels, labelsTable),
};

/** A sheet of a day as a PDF, or as a workbook. Refused, in French, when there is no delivery to print. */
export async function sheet(actor: Actor, kind: SheetKind, asked: LabelsAsked, format: SheetFormat = 'pdf'): Promise<Outcome<Buffer>> {
  requireRight(actor, 'preparation:read');
  return makers[kind].make(actor, asked, format);
}

const workbook = async ({ name, headers, rows }: SheetTable): Promise<Buffer> => Buffer.from(await writeXlsx(name, headers, rows));
