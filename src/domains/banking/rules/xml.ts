import type { Cents } from '#kernel/money.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign]!);

/** An element that holds a text. */
export const leaf = (name: string, text: string | number, attributes = ''): string =>
  `<${name}${attributes}>${escaped(String(text))}</${name}>`;

/** An element that holds elements, each on its lines; what is null is left out. */
export const node = (name: string, ...children: (string | null)[]): string =>
  `<${name}>\n${children
    .filter((child) => child !== null)
    .join('\n')
    .replace(/^/gm, ' ')}\n</${name.split(' ')[0]}>`;

/** 123456 → « 1234.56 », exactly. */
export function decimal(cents: Cents): string {
  if (!Number.isSafeInteger(cents) || cents < 0) throw new Error(`Not an amount to write: ${cents} cents.`);
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** A whole message of ISO 20022. */
export const message = (kind: string, root: string, ...children: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${node(`Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}"`, node(root, ...children))}\n`;
