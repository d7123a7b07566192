import 'leaflet/dist/leaflet.css';
import { control, divIcon, layerGroup, map, marker, tileLayer } from 'leaflet';
import { type Mark, markHtml, popupHtml, type You } from './marks.ts';

type Ground = { tiles: string; credit: string; noTiles: () => void };
type Shown = { marks: readonly Mark[]; you: You | null };

/**
 * Puts a live map in the element (browser only). A wheel scrolls the page, not the map.
 * @param noTiles called when the first tile does not arrive: better the drawing than marks on nothing.
 * @returns `show`: other marks; `remove`: takes the map away.
 */
export function livePlaces(element: HTMLElement, { tiles, credit, noTiles }: Ground): { show: (shown: Shown) => void; remove: () => void } {
  const live = map(element, { scrollWheelZoom: false, zoomSnap: 0.25, zoomControl: false });
  control.zoom({ zoomInTitle: 'Zoomer', zoomOutTitle: 'Dézoomer' }).addTo(live);
  live.attributionControl.setPrefix(false);
  let arrived = false;
  tileLayer(tiles, { attribution: credit, maxZoom: 19 })
    .once('tileload', () => {
      arrived = true;
    })
    .once('tileerror', () => arrived || noTiles())
    .addTo(live);
  const layer = layerGroup().addTo(live);
  return {
    show: ({ marks, you }) => {
      layer.clearLayers();
      for (const mark of marks) {
        const title = mark.number === undefined ? mark.name : `${mark.number}. ${mark.name}`;
        marker([mark.latitude, mark.longitude], {
          icon: divIcon({ html: markHtml(mark), className: '', iconSize: [44, 44] }),
          title,
          alt: title,
        })
          .bindPopup(popupHtml(mark))
          .addTo(layer);
      }
      if (you) {
        const html =
          '<svg viewBox="-22 -22 44 44" width="44" height="44" aria-hidden="true"><circle r="15" fill="var(--focus)" opacity=".25"/><circle r="7" fill="var(--focus)" stroke="#fff" stroke-width="2"/></svg>';
        marker([you.latitude, you.longitude], {
          icon: divIcon({ html, className: '', iconSize: [44, 44] }),
          title: you.label,
          alt: you.label,
        }).addTo(layer);
      }
      const points = [...marks, ...(you ? [you] : [])].map(({ latitude, longitude }) => [latitude, longitude] as [number, number]);
      if (points.length) live.fitBounds(points, { padding: [28, 28], maxZoom: 15, animate: false });
    },
    remove: () => live.remove(),
  };
}
