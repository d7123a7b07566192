type Place = { address: string; postcode: string; city: string; latitude: number | null; longitude: number | null };

/** Where a stop is, for a telephone's own navigation (`gps`) and for a map on the web (`map`); null when nobody knows. */
export function wayTo({ address, postcode, city, latitude, longitude }: Place): { gps: string; map: string } | null {
  const written = [address, [postcode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const text = encodeURIComponent(written);
  if (latitude !== null && longitude !== null) {
    const point = `${latitude},${longitude}`;
    return { gps: `geo:${point}?q=${point}`, map: `https://www.openstreetmap.org/directions?to=${encodeURIComponent(point)}` };
  }
  return written ? { gps: `geo:0,0?q=${text}`, map: `https://www.openstreetmap.org/search?query=${text}` } : null;
}

/** A telephone number as a link dials it: « 03 87 00 00 00 » → `tel:0387000000`. The first one, when several are written; null when there is none. */
export function dial(phone: string): string | null {
  const first = /\+?\d[\d\s.()-]{5,}/.exec(phone)?.[0].replace(/\(0\)|[^\d+]/g, '') ?? '';
  return first.length < 6 ? null : `tel:${first}`;
}
