import { error } from '@sveltejs/kit';
import { exportCells, exportedLines, exportHeaders } from '#domains/accounting/index.server.ts';
import { enter } from '#edge/enter.ts';
import { exportTable } from '#edge/export.ts';
import { idIn } from '#edge/id.ts';

/** What an export took, as a file: the same each time. */
export const GET = async (event) => {
  const { actor, garden } = enter(event, 'accounting:read');
  const id = idIn(event.params.id);
  const found = await exportedLines(actor, id);
  if (!found) error(404, { message: 'Cet export n’existe pas.' });
  return exportTable(event, `ecritures-${garden.slug}-export-${id}`, exportHeaders, found.lines.map(exportCells));
};
