import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { error } from '@sveltejs/kit';
import script from '#domains/site/ui/live-map.js?raw';

const leaflet = (file: string) => readFileSync(createRequire(import.meta.url).resolve(`leaflet/dist/${file}`), 'utf8');

const files: Record<string, { type: string; read: () => string }> = {
  'carte.js': { type: 'text/javascript', read: () => script },
  'leaflet.js': { type: 'text/javascript', read: () => leaflet('leaflet.js') },
  'leaflet.css': { type: 'text/css', read: () => leaflet('leaflet.css') },
};
const kept = new Map<string, string>();

/** What turns the drawing of a public map into a live one: a script of two kilobytes, and Leaflet once somebody asks for it. */
export const GET = ({ params }) => {
  const file = Object.hasOwn(files, params.fichier) ? files[params.fichier] : undefined;
  if (!file) error(404, 'Cette page n’existe pas.');
  const text = kept.get(params.fichier) ?? file.read();
  kept.set(params.fichier, text);
  return new Response(text, { headers: { 'content-type': `${file.type}; charset=utf-8`, 'cache-control': 'public, max-age=86400' } });
};
