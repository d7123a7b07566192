import { type FileRead, type Kind, type Known, kinds, type Line, type Read, type Rejected, type Values } from './model.ts';
import { type Seen, withoutRepeats } from './repeats.ts';
import { plain } from './words.ts';

/** What `Known.subscriptions` holds: a customer and a product that go together. */
export const subscriptionKey = (customerNumber: string, productName: string): string => `${customerNumber}\t${productName}`;

export const nothingKnown = (): Known => ({
  tours: new Set(),
  depots: new Set(),
  products: new Set(),
  customers: new Set(),
  subscriptions: new Set(),
});

type Finder = (text: string) => string | null;
type Faults = string[];

/**
 * Checks what the lines of a run refer to, and that no two files of the run speak of the same thing. References are met by
 * the database (`known`) or by a line accepted in the same run, whatever the order of the files; accents and case do not
 * count, and the accepted values carry the name as it is known. Answers the files in the order given.
 */
export function crossCheck(files: FileRead[], known: Known): FileRead[] {
  const met: Known = { ...known };
  // The kinds come in the order in which they refer to each other: what is accepted in one may be named by the next.
  const checked = new Map(kinds.flatMap((kind) => checkKind(kind, files, met)));
  return files.map((file) => checked.get(file)!);
}

function checkKind<K extends Kind>(kind: K, files: FileRead[], met: Known): [FileRead, FileRead][] {
  const seen: Seen<Values[K]> = new Map();
  const pairs = files
    .filter((file) => file.kind === kind)
    .map((file): [FileRead, FileRead] => {
      const read = checkReferences(kind, file as unknown as Read<Values[K]>, met);
      return [file, { file: file.file, kind, ...withoutRepeats(kind, read, file.file, seen) } as unknown as FileRead];
    });
  const name = naming[kind] as ((value: Values[K]) => string) | undefined;
  const referable = kind as keyof Known;
  const lines = pairs.flatMap(([, file]) => file.lines as unknown as Line<Values[K]>[]);
  if (name) met[referable] = new Set([...met[referable], ...lines.map(({ value }) => name(value))]);
  return pairs;
}

/** What other lines call a line by, for the kinds that are referred to. */
const naming: { [K in Kind]?: (value: Values[K]) => string } & { [K in keyof Known]: (value: Values[K]) => string } = {
  tours: ({ code }) => code,
  depots: ({ number }) => number,
  products: ({ name }) => name,
  customers: ({ number }) => number,
  subscriptions: ({ customerNumber, productName }) => subscriptionKey(customerNumber, productName),
};

function checkReferences<K extends Kind>(kind: K, read: Read<Values[K]>, met: Known): Read<Values[K]> {
  const [tour, depot, product, customer] = [finder(met.tours), finder(met.depots), finder(met.products), finder(met.customers)];
  const named = (find: Finder, text: string, faults: Faults, reason: string): string => find(text) ?? note(faults, reason, text);
  const tourNamed = (code: string, faults: Faults) => named(tour, code, faults, `Tournée « ${code} » : aucune tournée n’a ce code.`);
  const depotNamed = (number: string, faults: Faults) =>
    named(depot, number, faults, `N° dépôt « ${number} » : aucun point de dépôt n’a ce numéro.`);
  const productNamed = (name: string, faults: Faults) => named(product, name, faults, `Panier « ${name} » : aucun panier n’a ce nom.`);
  const customerNamed = (number: string, faults: Faults) =>
    named(customer, number, faults, `N° adhérent « ${number} » : aucun client n’a ce numéro, ou sa ligne a été rejetée.`);

  const checks: { [C in Kind]?: (value: Values[C], faults: Faults) => Values[C] } = {
    depots: (value, faults) => ({ ...value, tourCode: tourNamed(value.tourCode, faults) }),
    calendar: (value, faults) => ({ ...value, tourCode: value.tourCode === null ? null : tourNamed(value.tourCode, faults) }),
    subscriptions: (value, faults) => ({
      ...value,
      customerNumber: customerNamed(value.customerNumber, faults),
      productName: productNamed(value.productName, faults),
      depotNumber: depotNamed(value.depotNumber, faults),
    }),
    requests(value, faults) {
      const customerNumber = customerNamed(value.customerNumber, faults);
      const productName = productNamed(value.productName, faults);
      if (faults.length === 0 && !met.subscriptions.has(subscriptionKey(customerNumber, productName))) {
        faults.push(`Le client n° ${customerNumber} n’a pas d’abonnement « ${productName} ».`);
      }
      return { ...value, customerNumber, productName };
    },
  };
  const check: ((value: Values[K], faults: Faults) => Values[K]) | undefined = checks[kind];
  if (!check) return read;
  const lines: Line<Values[K]>[] = [];
  const rejected: Rejected[] = [...read.rejected];
  for (const { line, value } of read.lines) {
    const faults: Faults = [];
    const settled = check(value, faults);
    if (faults.length > 0) rejected.push({ line, reason: faults.join(' ') });
    else lines.push({ line, value: settled });
  }
  return { lines, rejected: rejected.sort((a, b) => a.line - b.line) };
}

function note(faults: Faults, reason: string, text: string): string {
  faults.push(reason);
  return text;
}

/** Finds a name among the known ones: as it is written, or else without regard to accents, case and zeros in front. */
function finder(names: Set<string>): Finder {
  const loose = (text: string) => plain(text).replace(/^0+(?=\d)/, '');
  const folded = new Map([...names].map((name) => [loose(name), name]));
  return (text) => (names.has(text) ? text : (folded.get(loose(text)) ?? null));
}
