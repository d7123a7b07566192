import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { type Commune, plainName, searchCommunes } from './search.ts';

let loaded: Commune[] | null = null;

/** The communes of France with where they are (scripts/communes.ts makes the list): read once for the life of the process, about 60 ms and 10 MB. */
export function communes(): readonly Commune[] {
  loaded ??= brotliDecompressSync(readFileSync(listFile()))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [name = '', postcodes = '', latitude, longitude, population, how] = line.split('\t');
      return {
        name,
        plain: plainName(name),
        postcodes: postcodes.split(','),
        latitude: Number(latitude) / 1000,
        longitude: Number(longitude) / 1000,
        population: Number(population),
        approximate: how !== '',
      };
    });
  return loaded;
}

/** The communes that answer what somebody typed, best first (see `searchCommunes`). */
export const findCommunes = (text: string, limit = 8): Commune[] => searchCommunes(communes(), text, limit);

/** The commune that somebody most likely means by « 57000 », « metz » or « 57000 Metz »; null when there is none. Asks nobody. */
export const findCommune = (text: string): Commune | null => findCommunes(text, 1)[0] ?? null;

/** « Metz (57000) »; a town of many postcodes is told by its department: « Paris (75) ». */
export function sayCommune({ name, postcodes }: Pick<Commune, 'name' | 'postcodes'>): string {
  const [first = ''] = postcodes;
  return `${name} (${postcodes.length === 1 ? first : first.slice(0, first.startsWith('97') || first.startsWith('98') ? 3 : 2)})`;
}

/** The list's file in the source: this module may be inside the built application. */
function listFile(): string {
  const path = join('src', 'platform', 'geocoding', 'communes.txt.br');
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, path))) {
    if (folder === dirname(folder)) throw new Error(`${path} is not above ${import.meta.url}.`);
    folder = dirname(folder);
  }
  return join(folder, path);
}
