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

/**
 * Who else collects for a customer, as the same paper names people: whole, by the first word, or not at all where customers are numbers.
 * @param household names as the customer typed them.
 */
export function otherNames(household: readonly string[], names: SheetNames): string {
  if (names === 'number') return '';
  return household.map((name) => (names === 'full' ? name : (name.trim().split(/\s+/)[0] ?? ''))).join(', ');
}

const initials = (firstName: string): string => {
  const [given = ''] = firstName.split(' ');
  return given
    .split('-')
    .filter(Boolean)
    .map((part) => `${[...part][0]!.toUpperCase()}.`)
    .join('-');
};
