/** The space that does not break, U+00A0. */
export const NO_BREAK = 0xa0;
/** Before a sign, after «, between a number and its unit: « Bonjour ! », « 5 % », « 12 km », « 18 h 30 ». */
const loose = / (?:[:;!?»%€]|(?<=\d )(?:h|min|km|kg|ha|cm|m|g)\b|(?<=\d[ \u00a0]?h )\d)|« /g;
/** Whose text is not read as French: what people type is sent back as it stands, the rest is for machines. */
const verbatim = /^<(?:script|style|textarea|pre|code)\b/;

/**
 * French writes a space before : ; ! ? » % €, after «, and between a number and its unit. In a page they do not break any more: no line begins with « ? ». Texts of components, of code
 * and of people are mended alike, where they come together; attributes (addresses, values of fields) and what is verbatim stay as they are.
 * @returns where these spaces stand, in order: each takes the place of one sign, so that a page is mended where its bytes are made, and not written anew.
 */
export function looseSpaces(html: string): number[] {
  const places: number[] = [];
  loose.lastIndex = 0;
  for (let found = loose.exec(html); found; found = loose.exec(html)) {
    if (isText(html, found.index)) places.push(html[found.index] === ' ' ? found.index : found.index + 1);
  }
  return places;
}

/** A « < » in text or in an attribute is written &lt;: the last one before a place opens the tag that it stands in, or after. */
function isText(html: string, at: number): boolean {
  const open = html.lastIndexOf('<', at);
  let quoted = false;
  for (let index = open; index < at; index++) {
    const sign = html[index];
    if (sign === '"') quoted = !quoted;
    else if (sign === '>' && !quoted) return !verbatim.test(html.slice(open, open + 10));
  }
  return open < 0;
}
