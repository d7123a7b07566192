/** How a garden names its customers on paper: « Barré Théo », « Barré T. » or « 1001 ». */
export type SheetNames = 'full' | 'short' | 'number';

export type NamedCustomer = { number: string; lastName: string; firstName: string };

/** Last name first, since the sheet is in alphabetical order. Both initials of a double first name are kept: « Lamy J.-P. ». */
export function sheetName({ number, lastName, firstName }: NamedCustomer, names: SheetNames): string {
  if (names === 'number') return number;
  const first = firstName.trim();
  if (!first) return lastName;
  return `${lastName} ${names === 'full' ? first : initials(first)}`;
}

/** Somebody of a customer's house, as she typed her; `phone` may be ''. */
export type Collector = { name: string; phone: string };

/**
 * Who else collects for a customer, as the same paper names people: whole, by the first word, or not at all where customers are numbers.
 * @returns « Anna Barré, Marc »; '' for nobody.
 */
export function otherNames(household: readonly Collector[], names: SheetNames): string {
  if (names === 'number') return '';
  return household.map(({ name }) => shortened(name, names)).join(', ');
}

/** Whom to call when she does not answer, for the driver alone: « Anna Barré 06 11 22 33 44 »; '' for nobody, or where customers are numbers. */
export function otherPhones(household: readonly Collector[], names: SheetNames): string {
  if (names === 'number') return '';
  return household.flatMap(({ name, phone }) => (phone ? [`${shortened(name, names)} ${phone}`] : [])).join(', ');
}

const shortened = (name: string, names: SheetNames): string => (names === 'full' ? name : (name.trim().split(/\s+/)[0] ?? ''));

const initials = (firstName: string): string => {
  const [given = ''] = firstName.split(' ');
  return given
    .split('-')
    .filter(Boolean)
    .map((part) => `${[...part][0]!.toUpperCase()}.`)
    .join('-');
};
