import iconv from 'iconv-lite';

/** Signs that ISO 8859-15 lacks lose their accent, or become « ? »: the file keeps its columns whatever names people have. */
export function encodeFec(text: string): Uint8Array {
  const known = Array.from(text, (sign) => (sign < '\u0080' || encodes(sign) ? sign : plain(sign))).join('');
  return iconv.encode(known, 'iso-8859-15');
}

const seen = new Map<string, boolean>();
function encodes(sign: string): boolean {
  let known = seen.get(sign);
  if (known === undefined) {
    known = iconv.decode(iconv.encode(sign, 'iso-8859-15'), 'iso-8859-15') === sign;
    seen.set(sign, known);
  }
  return known;
}

/** Letters with a stroke are no letter and an accent: they have no plain form of their own. */
const stroked: Record<string, string> = { Ł: 'L', ł: 'l', Đ: 'D', đ: 'd', Ħ: 'H', ħ: 'h', ı: 'i', ẞ: 'SS' };

function plain(sign: string): string {
  if (sign in stroked) return stroked[sign]!;
  const base = sign.normalize('NFD').charAt(0);
  return base && base !== sign && encodes(base) ? base : '?';
}
