/** Colours as sRGB, `#rrggbb`. A garden chooses any accent it likes; what reaches the screen can always be read. */

/** Ground of each theme, as in tokens.css (tokens.test.ts holds them equal). */
export const grounds = { light: '#f1eee1', dark: '#1e2720' } as const;

type Rgb = [number, number, number];

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Rgb;

const hex = (colour: Rgb): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** `share` of the second colour in the first, 0 to 1. */
export const mix = (first: string, second: string, share: number): string => {
  const [from, to] = [rgb(first), rgb(second)];
  return hex(from.map((part, at) => part + ((to[at] ?? 0) - part) * share) as Rgb);
};

/** Relative luminance of WCAG 2, 0 (black) to 1 (white). */
const luminance = (colour: string): number => {
  const [red, green, blue] = rgb(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Contrast of WCAG 2 between two colours, 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

/** White or black, whichever reads better on the colour: 4.58:1 at worst. */
export const inkOn = (colour: string): string => (contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000');

/** The colour, moved towards black or white by the smallest step that makes it readable (4.5:1) on every one of the grounds. */
export function readable(colour: string, on: readonly string[], towards: '#000000' | '#ffffff'): string {
  for (let step = 0; step <= 40; step++) {
    const moved = mix(colour, towards, step / 40);
    if (on.every((ground) => contrast(moved, ground) >= 4.5)) return moved;
  }
  return towards;
}

/**
 * The style attribute that carries a garden's accent, for both themes; empty when the garden has none or wrote something else.
 * `--accent-…` is for text and lines, `--accent-tint-…` for surfaces that carry text, `--on-accent-…` for text on the accent.
 */
export function accentStyle(accent: string | null | undefined): string {
  if (!accent || !isColour(accent)) return '';
  if (accent !== latest.accent) latest = { accent, style: computeStyle(accent) };
  return latest.style;
}

// Every page of a garden asks for its colour again, and finding one that reads takes a hundred tries.
let latest = { accent: '', style: '' };

function computeStyle(accent: string): string {
  return (['light', 'dark'] as const)
    .map((theme) => {
      const tint = mix(grounds[theme], accent, theme === 'light' ? 0.13 : 0.2);
      const text = readable(accent, [grounds[theme], tint], theme === 'light' ? '#000000' : '#ffffff');
      return `--accent-${theme}:${text};--accent-tint-${theme}:${tint};--on-accent-${theme}:${inkOn(text)}`;
    })
    .join(';');
}
