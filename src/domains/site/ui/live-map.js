// Runs in browsers as it is written (routes/carte-vivante): a page with a map needs two kilobytes for it, and Svelte's runtime for nothing else.
// The server's drawing holds all that the live map shows: a link per mark, its place in `data-at`, its words in <title>.

const KEPT = 'cocagne.carte';
const from = '/carte-vivante';

/** Asked for once, the live map is there on the next page too, until the window is closed. A browser that keeps nothing asks again. @param {boolean} [write] */
function kept(write) {
  try {
    if (write) sessionStorage.setItem(KEPT, 'oui');
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** @param {HTMLElement | SVGElement} element */
const place = (element) => (element.dataset.at ?? '').split(',').map(Number);

/** Leaflet is a script of its own, told to the window.
 * @type {any} */
const page = window;

/** @type {Promise<unknown> | undefined} */
let loading;
const leaflet = () => {
  loading ??= new Promise((ready, failed) => {
    const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${from}/leaflet.css` });
    const script = Object.assign(document.createElement('script'), { src: `${from}/leaflet.js`, onload: ready, onerror: failed });
    style.onload = () => document.head.append(script);
    style.onerror = failed;
    document.head.append(style);
  });
  return loading;
};

/** The mark as it is drawn, in a square that a finger finds. @param {Element} mark */
function iconOf(mark) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '-18 -18 36 36');
  svg.setAttribute('width', '44');
  svg.setAttribute('height', '44');
  svg.setAttribute('aria-hidden', 'true');
  for (const part of mark.querySelectorAll('path, circle, text')) {
    const copy = /** @type {Element} */ (part.cloneNode(true));
    copy.removeAttribute('cx');
    copy.removeAttribute('cy');
    svg.append(copy);
  }
  return page.L.divIcon({ html: svg, className: '', iconSize: [44, 44] });
}

/** @param {Element} mark */
const wordsOf = (mark) => mark.querySelector('title')?.textContent ?? '';

/** What opens above a mark: its link, and a few words. @param {Element} mark */
function popupOf(mark) {
  const box = document.createElement('div');
  const [name, ...note] = wordsOf(mark).split(' — ');
  box.append(Object.assign(document.createElement('a'), { href: mark.getAttribute('href') ?? '', textContent: name }));
  if (note.length) box.append(document.createElement('br'), note.join(' — '));
  return box;
}

/** By keyboard: what opens has the focus, Escape gives it back to the mark, else it comes after all the others. @param {any} marker */
function reachable(marker) {
  marker.on('popupopen', () => {
    const box = marker.getPopup().getElement();
    box.querySelector('.leaflet-popup-close-button')?.setAttribute('aria-label', 'Fermer');
    const link = box.querySelector('.leaflet-popup-content a');
    // What is still appearing takes no focus: asked again until it does.
    const take = (/** @type {number} */ times) => {
      link.focus({ preventScroll: true });
      if (document.activeElement !== link && times > 0) requestAnimationFrame(() => take(times - 1));
    };
    take(20);
  });
  marker
    .getPopup()
    .getContent()
    .addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      marker.closePopup();
      marker.getElement()?.focus();
    });
}

/** @param {HTMLElement} figure @param {HTMLButtonElement} button */
async function explore(figure, button) {
  kept(true);
  button.disabled = true;
  const sheet = /** @type {HTMLElement} */ (figure.querySelector('[data-drawing]'));
  const ground = /** @type {HTMLElement} */ (figure.querySelector('[data-live]'));
  try {
    await leaflet();
  } catch {
    button.hidden = true;
    return;
  }
  const { L } = page;
  // Leaflet measures its element: it must be shown first.
  ground.hidden = false;
  sheet.hidden = true;
  const map = L.map(ground, { scrollWheelZoom: false, zoomSnap: 0.25, zoomControl: false });
  L.control.zoom({ zoomInTitle: 'Zoomer', zoomOutTitle: 'Dézoomer' }).addTo(map);
  map.attributionControl.setPrefix(false);
  let arrived = false;
  // Without a first tile (no network), better the drawing than marks on nothing.
  const giveUp = () => {
    if (arrived || sheet.hidden === false) return;
    map.remove();
    ground.hidden = true;
    sheet.hidden = false;
    button.hidden = true;
  };
  const credit = document.createElement('span');
  credit.textContent = figure.dataset.credit ?? '';
  L.tileLayer(figure.dataset.tiles, { attribution: credit.innerHTML, maxZoom: 19 })
    .once('tileload', () => {
      arrived = true;
    })
    // The map is still being made when an error comes at once.
    .once('tileerror', () => setTimeout(giveUp))
    .addTo(map);
  /** @type {number[][]} */
  const points = [];
  for (const mark of /** @type {NodeListOf<SVGElement>} */ (sheet.querySelectorAll('a[data-at]'))) {
    const number = mark.querySelector('text')?.textContent;
    const name = wordsOf(mark);
    const title = number ? `${number}. ${name}` : name;
    points.push(place(mark));
    reachable(
      L.marker(place(mark), { icon: iconOf(mark), title, alt: title })
        .bindPopup(popupOf(mark))
        .addTo(map),
    );
  }
  for (const you of /** @type {NodeListOf<SVGElement>} */ (sheet.querySelectorAll('g[data-at]'))) {
    points.push(place(you));
    L.marker(place(you), { icon: iconOf(you), title: 'Vous', alt: 'Vous', interactive: false, keyboard: false }).addTo(map);
  }
  map.fitBounds(points, { padding: [28, 28], maxZoom: 15, animate: false });
}

for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-tiles]'))) {
  const button = figure.querySelector('button');
  if (!button || !figure.querySelector('a[data-at]')) continue;
  button.hidden = false;
  button.addEventListener('click', () => explore(figure, button), { once: true });
  if (!kept()) continue;
  // Folded away it has no size to be drawn in: it waits until it is unfolded.
  const shut = figure.closest('details:not([open])');
  if (shut) shut.addEventListener('toggle', () => button.click(), { once: true });
  else button.click();
}

// A choice beside the map shows its answer at once.
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-at-once]'))) {
  form.addEventListener('change', ({ target }) => {
    if (target instanceof Element && target.matches('select, [type=checkbox]')) form.requestSubmit();
  });
}
