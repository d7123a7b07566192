/** An element of an XML file, whatever prefix its names had. `text`: its own, trimmed. */
export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** Those below it on a path: `all(entry, 'NtryDtls', 'TxDtls')` → the details of an entry, however they are grouped. */
export function all(element: Element | undefined, ...path: string[]): Element[] {
  let found = element ? [element] : [];
  for (const name of path) found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

/** The first one on a path. */
export const child = (element: Element | undefined, ...path: string[]): Element | undefined => all(element, ...path)[0];

/** What the first one on a path says; '' when it is not there. */
export const textAt = (element: Element | undefined, ...path: string[]): string => child(element, ...path)?.text ?? '';

/** The first element of one of these names, at any depth: banks put the document in envelopes of their own. */
export function find(element: Element, names: readonly string[]): Element | undefined {
  const waiting = [element];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    if (names.includes(next.name)) return next;
    waiting.push(...next.children);
  }
  return undefined;
}
