import { inflateSync } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import { pageFlaws } from './archival-pages.ts';

/** An object of the file; `told`: how long it says that its stream is. */
export type Stored = { id: number; text: string; stream: Buffer | null; told: number };

/**
 * What keeps a file written by us from being PDF/A-2b (ISO 19005-2), as far as a few rules can see: structure, metadata, output intent, fonts with the
 * widths that they declare, colours, pages and what they draw (archival-pages.ts), what is forbidden. It reads what pdfkit writes (one body, no object streams); it does not replace veraPDF, which no
 * registry of ours has. @returns one sentence for each flaw: none when all is well.
 */
export function archivalFlaws(pdf: Buffer): string[] {
  const raw = pdf.toString('latin1');
  const objects = objectsOf(pdf, raw);
  const flaws: string[] = [];
  const want = (fine: unknown, flaw: string) => fine || flaws.push(flaw);

  want(/^%PDF-1\.[4-7]\n%[\x80-\xff]{4}/.test(raw), 'the header has no line of four bytes above 127');
  want(/%%EOF\r?\n?$/.test(raw), 'something follows the end');
  const trailer = raw.slice(raw.lastIndexOf('trailer'));
  want(/\/ID \[<[0-9a-f]+> <[0-9a-f]+>\]/i.test(trailer), 'the trailer has no ID');
  want(!/\/Encrypt/.test(trailer), 'the file is encrypted');
  const said = objects.map(({ text }) => text).join('\n');
  for (const forbidden of ['JavaScript', 'JS', 'Launch', 'Movie', 'Sound', 'AA', 'XFA', 'LZWDecode', 'EmbeddedFile', 'PS', 'DeviceCMYK'])
    want(!new RegExp(`/${forbidden}\\b`).test(said), `/${forbidden} is forbidden`);
  want(!/\/Interpolate true/.test(said), 'images are smoothed');
  want(!/\/SMask (?!\/None)/.test(said) || /\/Group/.test(said), 'a mask without a group of transparency');
  for (const { id, told, stream } of objects) want(stream === null || told === stream.length, `object ${id} is not as long as it says`);
  for (const { text } of objects.filter((one) => /\/Subtype \/(Link|Widget|Text)/.test(one.text)))
    want(/\/F (4|28|132)\b/.test(text), 'an annotation that does not print');

  flaws.push(
    ...metadataFlaws(objects, raw),
    ...intentFlaws(objects),
    ...fontFlaws(objects),
    ...colourFlaws(objects),
    ...pageFlaws(objects, raw, contentOf),
  );
  return flaws;
}

function objectsOf(pdf: Buffer, raw: string): Stored[] {
  return [...raw.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)].map((match) => {
    const start = match.index + match[0].length;
    const end = raw.indexOf('\nendobj', start);
    const body = raw.slice(start, end);
    const at = body.indexOf('\nstream\n');
    const text = at < 0 ? body : body.slice(0, at);
    const last = raw.lastIndexOf(
      '\nendstream',
      raw.indexOf('\nendobj', at < 0 ? start : start + at + Number(/\/Length (\d+)/.exec(text)?.[1] ?? 0)),
    );
    const stream = at < 0 ? null : pdf.subarray(start + at + 8, last);
    return { id: Number(match[1]), text, stream, told: Number(/\/Length (\d+)/.exec(text)?.[1] ?? -1) };
  });
}

const contentOf = ({ text, stream }: Stored): Buffer => (/\/FlateDecode/.test(text) ? inflateSync(stream!) : stream!);
const refersTo = (objects: readonly Stored[], text: string, key: string): Stored | undefined => {
  const id = Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(text)?.[1]);
  return objects.find((one) => one.id === id);
};

const schemas = new Set(['x', 'rdf', 'dc', 'xmp', 'pdf', 'pdfaid']);

function metadataFlaws(objects: readonly Stored[], raw: string): string[] {
  const catalog = objects.find(({ text }) => /\/Type \/Catalog/.test(text))!;
  const metadata = refersTo(objects, catalog.text, 'Metadata');
  if (!metadata?.stream) return ['there is no metadata'];
  const xmp = contentOf(metadata).toString('utf8');
  const info = refersTo(objects, raw.slice(raw.lastIndexOf('trailer')), 'Info');
  const flaws: string[] = [];
  if (/\/Filter/.test(metadata.text)) flaws.push('metadata are compressed');
  if (XMLValidator.validate(xmp) !== true || !xmp.includes('<?xpacket begin')) flaws.push('metadata are not well formed');
  if (!/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>B<\/pdfaid:conformance>/.test(xmp)) flaws.push('metadata do not say PDF/A-2b');
  // The packet is UTF-8 and says nothing else of itself (6.6.2.1); what is told is of schemas that everybody knows (6.6.2.3).
  if (/<\?xpacket begin[^>]*(bytes|encoding)=/.test(xmp)) flaws.push('the packet of metadata says what it may not');
  const unknown = [...xmp.matchAll(/<([a-zA-Z]+):/g)].map(([, prefix]) => prefix!).find((prefix) => !schemas.has(prefix));
  if (unknown) flaws.push(`metadata of an unknown schema: ${unknown}`);
  // What is said twice must agree (6.6.2.2).
  const twice = {
    Title: /<dc:title>[\s\S]*?<rdf:li[^>]*>([^<]*)</,
    Producer: /<pdf:Producer>([^<]*)</,
    Creator: /<xmp:CreatorTool>([^<]*)</,
    Author: /<dc:creator>[\s\S]*?<rdf:li[^>]*>([^<]*)</,
    Subject: /<dc:description>[\s\S]*?<rdf:li[^>]*>([^<]*)</,
    Keywords: /<pdf:Keywords>([^<]*)</,
  };
  for (const [key, place] of Object.entries(twice)) {
    const told = info && textOf(objects, info.text, key);
    if (told && place.exec(xmp)?.[1] !== told) flaws.push(`metadata and information differ: ${key}`);
  }
  for (const [key, property] of [
    ['CreationDate', 'CreateDate'],
    ['ModDate', 'ModifyDate'],
  ] as const) {
    const told = info && textOf(objects, info.text, key)?.replace(/\D/g, '').slice(0, 14);
    const again = new RegExp(`<xmp:${property}>([^<]*)<`).exec(xmp)?.[1]?.replace(/\D/g, '').slice(0, 14);
    if (told && again !== told) flaws.push(`metadata and information differ: ${key}`);
  }
  return flaws;
}

/** A text of the document's information: `(…)`, in Latin or with a mark of UTF-16; pdfkit stores each as an object of its own. */
function textOf(objects: readonly Stored[], text: string, key: string): string | undefined {
  if (!text.includes(`/${key} `)) return undefined;
  const held = refersTo(objects, text, key)?.text ?? text.slice(text.indexOf(`/${key} `));
  const told = /\(((?:[^()\\]|\\[\s\S])*)\)/.exec(held)?.[1];
  if (told === undefined) return undefined;
  const bytes = Buffer.from(
    told.replace(/\\([nrtbf()\\])/g, (_, one: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[one] ?? one),
    'latin1',
  );
  return bytes[0] === 0xfe && bytes[1] === 0xff ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') : bytes.toString('latin1');
}

function intentFlaws(objects: readonly Stored[]): string[] {
  const intent = objects.find(({ text }) => /\/S \/GTS_PDFA1/.test(text));
  const profile = intent && refersTo(objects, intent.text, 'DestOutputProfile');
  if (!profile?.stream) return ['there is no output intent with a profile of colours'];
  const icc = contentOf(profile);
  const fine = icc.subarray(36, 40).toString() === 'acsp' && icc[8]! <= 4 && icc.readUInt32BE(0) === icc.length;
  const rgb = icc.subarray(16, 20).toString() === 'RGB ' && /\/N 3\b/.test(profile.text);
  return [...(fine ? [] : ['the profile of colours is not one']), ...(rgb ? [] : ['the profile of colours is not of red, green and blue'])];
}

/** Pages are coloured in grey and RGB alone, which the output intent covers. */
const colourFlaws = (objects: readonly Stored[]): string[] =>
  objects
    .filter(({ text }) => /\/Type \/Page\b/.test(text))
    .flatMap(({ text }) => refersTo(objects, text, 'Contents') ?? [])
    .filter((content) => /(?:^|\n)(?:[\d.]+ ){4}[kK]\n/.test(contentOf(content).toString('latin1')))
    .map(({ id }) => `object ${id} is coloured for print (CMYK)`);

function fontFlaws(objects: readonly Stored[]): string[] {
  const fonts = objects.filter(({ text }) => /\/Type \/Font\b/.test(text));
  return fonts.flatMap((font) => {
    const name = /\/BaseFont \/(\S+)/.exec(font.text)?.[1] ?? 'a font';
    if (/\/Subtype \/Type0/.test(font.text)) return /\/Encoding \/Identity-H/.test(font.text) ? [] : [`${name} has another encoding`];
    const program = refersTo(objects, refersTo(objects, font.text, 'FontDescriptor')?.text ?? '', 'FontFile[23]?');
    if (!program) return [`${name} is not in the file`];
    if (!/\/CIDToGIDMap \/Identity/.test(font.text)) return [`${name} does not say which glyph is which`];
    const told = /\/W \[0 \[([\d. ]+)\]\]/.exec(font.text)?.[1]?.split(' ').map(Number) ?? [];
    const own = widthsIn(contentOf(program));
    return told.every((width, glyph) => Math.abs(width - (own[glyph] ?? -9)) <= 1) ? [] : [`${name} has other widths than it says`];
  });
}

/** Widths of a TrueType program's glyphs, in thousandths of the size: its tables head, hhea and hmtx. */
function widthsIn(font: Buffer): number[] {
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, at) => [
      font.toString('latin1', 12 + 16 * at, 16 + 16 * at),
      font.readUInt32BE(20 + 16 * at),
    ]),
  );
  const [unit, count] = [font.readUInt16BE(tables.get('head')! + 18), font.readUInt16BE(tables.get('hhea')! + 34)];
  return Array.from({ length: count }, (_, at) => (font.readUInt16BE(tables.get('hmtx')! + 4 * at) * 1000) / unit);
}
