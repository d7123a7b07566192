import type { FileRead, Kind, Known, Line, Read, Rejected, Values } from './model.ts';
import { plain } from './words.ts';

type Named = 'tours' | 'depots' | 'products' | 'customers';

/** The field that names a line, for the kinds that others refer to. */
const nameFields: { [K in Named]: keyof Values[K] & string } = { tours: 'code', depots: 'number', products: 'name', customers: 'number' };

/**
 * Lines about something the garden has already take its name as it is written there: « simple » is the basket « Simple », not a second one.
 */
export function settleNames(files: FileRead[], known: Known): FileRead[] {
  const names = new Map(
    (Object.keys(nameFields) as Named[]).map((kind) => [kind as Kind, new Map([...known[kind]].map((name) => [plain(name), name]))]),
  );
  return files.map((file) => {
    const written = names.get(file.kind);
    if (!written) return file;
    const field = nameFields[file.kind as Named];
    const lines = (file as { lines: Line<Record<string, unknown>>[] }).lines.map(({ line, value }) => {
      const name = String(value[field]);
      return { line, value: known[file.kind as Named].has(name) ? value : { ...value, [field]: written.get(plain(name)) ?? name } };
    });
    return { ...file, lines } as unknown as FileRead;
  });
}

/**
 * A mandate reference (RUM) belongs to one customer. Lines that give it to another one are rejected.
 * @param owners reference → number of the customer who has it in the garden.
 */
export function checkMandates(files: FileRead[], owners: ReadonlyMap<string, string>): FileRead[] {
  const holders = new Map(owners);
  return files.map((file) => {
    if (file.kind !== 'customers') return file;
    const read: Read<Values['customers']> = { lines: [], rejected: [...file.rejected] };
    for (const { line, value } of file.lines) {
      const reference = value.mandate?.reference;
      const holder = reference === undefined ? value.number : (holders.get(reference) ?? value.number);
      if (holder !== value.number) read.rejected.push({ line, reason: `RUM « ${reference} » : c’est déjà celle du client n° ${holder}.` });
      else {
        if (reference !== undefined) holders.set(reference, value.number);
        read.lines.push({ line, value });
      }
    }
    return { ...file, ...read, rejected: inOrder(read.rejected) };
  });
}

export const inOrder = (rejected: Rejected[]): Rejected[] => rejected.sort((a, b) => a.line - b.line);
