import type { Shape } from '#platform/pdf/paper.ts';

/** Width and height of the drawing below, in points. */
export const fields = { width: 527, height: 44 };

/** The colour, thinned with white: it stays light when printed in grey. */
function thinned(color: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Math.round(255 + (Number.parseInt(color.slice(at, at + 2), 16) - 255) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Fields under the sun, in the garden's colour: the only ornament. */
export function drawingOf(accent: string): Shape[] {
  const furrows = [-20, 28, 78, 130, 184, 240, 298, 358, 420, 484, 548].map((x, at) => {
    const end = 96 + at * 33;
    return `M${Math.min(527, Math.max(0, x))} 44Q${(x + end) / 2} ${36 - (at % 2)} ${end} 27`;
  });
  return [
    { path: 'M452 15a13 13 0 1 0 -26 0a13 13 0 1 0 26 0Z', fill: '#f3c98b' },
    { path: 'M0 33C70 8 170 8 262 21C360 35 450 28 527 12V44H0Z', fill: thinned(accent, 0.24) },
    { path: 'M0 37C100 20 210 20 320 27C410 33 480 31 527 25V44H0Z', fill: thinned(accent, 0.52) },
    ...furrows.map((path) => ({ path, stroke: '#ffffff', thickness: 1.1 })),
  ];
}

/** The sprout of the house, 26 points high. */
export const sprout = (accent: string): Shape[] => [
  { path: 'M15.4 19C8 19 3.5 14.6 3.5 7c7.4 0 11.9 4.4 11.9 12zM17 14.5C17 8 21 4 28.5 4c0 7-4 10.5-11.5 10.5z', fill: accent },
  { path: 'M16 29V14', stroke: accent, thickness: 2.6 },
];
