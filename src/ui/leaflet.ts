import 'leaflet/dist/leaflet.css';
import { control, divIcon, map, marker, tileLayer } from 'leaflet';
import { inkOn } from './accent.ts';
import { escapeHtml } from './cell.ts';

type Mark = { latitude: number; longitude: number; number: number; name: string; href?: string; path: string; colour: string };

type Ground = { tiles: string; attribution: string; marks: readonly Mark[]; noTiles: () => void };

/**
 * Puts a live map in the element (browser only).
 * @param noTiles called when the first tile does not arrive (no network): better the drawing than marks on nothing.
 * @returns what takes it away.
 */
export function showMap(element: HTMLElement, { tiles, attribution, marks, noTiles }: Ground): () => void {
  const live = map(element, { scrollWheelZoom: false, zoomSnap: 0.25, zoomControl: false });
  control.zoom({ zoomInTitle: 'Zoomer', zoomOutTitle: 'Dézoomer' }).addTo(live);
  let arrived = false;
  tileLayer(tiles, { attribution, maxZoom: 19 })
    .once('tileload', () => {
      arrived = true;
    })
    .once('tileerror', () => arrived || noTiles())
    .addTo(live);
  for (const { latitude, longitude, number, name, href, path, colour } of marks) {
    const html = `<svg viewBox="-18 -18 36 36" width="36" height="36" aria-hidden="true"><path d="${path}" fill="${colour}" stroke="#fff" stroke-width="1.5"/><text y="4.6" text-anchor="middle" font-size="13" font-weight="700" fill="${inkOn(colour)}">${number}</text></svg>`;
    const title = `${number}. ${name}`;
    marker([latitude, longitude], { icon: divIcon({ html, className: '', iconSize: [36, 36] }), title, alt: title })
      .bindPopup(href ? `<a href="${escapeHtml(href)}">${escapeHtml(title)}</a>` : escapeHtml(title))
      .addTo(live);
  }
  live.fitBounds(
    marks.map(({ latitude, longitude }) => [latitude, longitude] as [number, number]),
    { padding: [28, 28], maxZoom: 15 },
  );
  return () => live.remove();
}
