// Runs in browsers as it is written (routes/carte-vivante): a page with a map needs two kilobytes for it, and Svelte's runtime for nothing else.
// The server's drawing holds all that the live map shows: a link per mark, its place in `data-at`, its words in <title>.

const KEPT = 'cocagne.carte';
const from = '/carte-vivante';

/** Asked for once, the live map is there on the next page too, until the window is closed. A browser that keeps nothing asks again. */
function kept(write) {
  try {
    if (write) sessionStorage.setItem(KEPT, 'oui');
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

const place = (element) => element.dataset.at.split(',').map(Number);

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

/** The mark as it is drawn, in a square that a finger finds. */
function iconOf(mark) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '-18 -18 36 36');
  svg.setAttribute('width', '44');
  svg.setAttribute('height', '44');
  svg.setAttribute('aria-hidden', 'true');
  for (const part of mark.querySelectorAll('path, circle, text')) {
    const copy = part.cloneNode(true);
    copy.removeAttribute('cx');
    copy.removeAttribute('cy');
    svg.append(copy);
  }
  return window.L.divIcon({ html: svg, className: '', iconSize: [44, 44] });
}

/** What opens above a mark: its link, and a few words. */
function popupOf(mark) {
  const box = document.createElement('div');
  const [name, ...note] = mark.querySelector('title').textContent.split(' — ');
  box.append(Object.assign(document.createElement('a'), { href: mark.getAttribute('href'), textContent: name }));
  if (note.length) box.append(document.createElement('br'), note.join(' — '));
  return box;
}

async function explore(figure, button) {
  kept(true);
  button.disabled = true;
  const sheet = figure.querySelector('[data-drawing]');
  const ground = figure.querySelector('[data-live]');
  try {
    await leaflet();
  } catch {
    button.hidden = true;
    return;
  }
  const { L } = window;
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
  credit.textContent = figure.dataset.credit;
  L.tileLayer(figure.dataset.tiles, { attribution: credit.innerHTML, maxZoom: 19 })
    .once('tileload', () => {
      arrived = true;
    })
    // The map is still being made when an error comes at once.
    .once('tileerror', () => setTimeout(giveUp))
    .addTo(map);
  const points = [];
  for (const mark of sheet.querySelectorAll('a[data-at]')) {
    const number = mark.querySelector('text')?.textContent;
    const name = mark.querySelector('title').textContent;
    const title = number ? `${number}. ${name}` : name;
    points.push(place(mark));
    L.marker(place(mark), { icon: iconOf(mark), title, alt: title })
      .bindPopup(popupOf(mark))
      .addTo(map);
  }
  for (const you of sheet.querySelectorAll('g[data-at]')) {
    points.push(place(you));
    L.marker(place(you), { icon: iconOf(you), title: 'Vous', alt: 'Vous', interactive: false, keyboard: false }).addTo(map);
  }
  map.fitBounds(points, { padding: [28, 28], maxZoom: 15, animate: false });
}

for (const figure of document.querySelectorAll('[data-tiles]')) {
  const button = figure.querySelector('button');
  if (!button || !figure.querySelector('a[data-at]')) continue;
  button.hidden = false;
  button.addEventListener('click', () => explore(figure, button), { once: true });
  if (kept()) button.click();
}

// A choice beside the map shows its answer at once.
for (const form of document.querySelectorAll('form[data-at-once]')) {
  form.addEventListener('change', ({ target }) => target.matches('select, [type=checkbox]') && form.requestSubmit());
}
