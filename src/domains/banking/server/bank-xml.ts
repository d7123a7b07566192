import { XMLParser, XMLValidator } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { decode } from '#platform/files/decode.ts';
import type { Element } from '../rules/element.ts';

/** Bytes. A year of a large garden's account takes a twentieth of it. */
const largest = 20 * 1024 * 1024;

const parser = new XMLParser({
  preserveOrder: true,
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 60,
  // What `&…;` stands for is ours to say: five names and numbers, nothing that a file defines.
  processEntities: false,
});

export const looksLikeXml = (content: Uint8Array): boolean => /^\W{0,4}\s*<(\?xml|[a-z])/i.test(textOf(content.subarray(0, 200)));

/**
 * A file as it was given → its root, names without prefixes. Refused, in French: more than 20 MB, a file cut short, one that defines entities
 * (they can be made to fill the memory), one nested beyond reason.
 */
export function readXml(name: string, content: Uint8Array): Outcome<Element> {
  if (content.length > largest) return refuse(`« ${name} » est trop gros (plus de 20 Mo). Demandez à la banque une période plus courte.`);
  const text = textOf(content);
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    return refuse(`« ${name} » contient des définitions (DOCTYPE) qu’aucun fichier de banque ne contient : il n’est pas lu.`);
  const broken = refuse(`« ${name} » est incomplet ou abîmé : téléchargez-le de nouveau sur le site de la banque.`);
  if (XMLValidator.validate(text) !== true) return broken;
  try {
    const root = (parser.parse(text) as Node[]).map(elementOf).find((element) => element !== null);
    return root ? done(root) : broken;
  } catch {
    return broken;
  }
}

type Node = { ':@'?: Record<string, string> } & Record<string, Node[] | string>;

function elementOf(node: Node): Element | null {
  const name = Object.keys(node).find((key) => key !== ':@');
  if (name === undefined || name === '#text' || name.startsWith('?')) return null;
  const below = node[name] as Node[];
  const attributes = Object.entries(node[':@'] ?? {}).map(([key, value]) => [key, plain(value)]);
  const text = below.map((one) => (typeof one['#text'] === 'string' ? one['#text'] : '')).join('');
  return {
    name,
    attributes: Object.fromEntries(attributes),
    children: below.map(elementOf).filter((one) => one !== null),
    text: plain(text).trim(),
  };
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex: string, decimal: string, name: string) => {
    if (name) return named[name.toLowerCase()]!;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** In the encoding that the file says it is in, or else in the one it seems to be in. */
function textOf(content: Uint8Array): string {
  const declared = /^[^<]{0,4}<\?xml[^>]*encoding=["']([\w.-]+)["']/i.exec(Buffer.from(content.subarray(0, 200)).toString('latin1'))?.[1];
  const own = declared && !/^utf-?(8|16)/i.test(declared) && iconv.encodingExists(declared);
  return (own ? iconv.decode(Buffer.from(content), declared) : decode(content).text).replace(/^\ufeff/, '');
}
