import { describe, expect, it } from 'vitest';
import { accentStyle, contrast, grounds, inkOn, isColour, mix, readable } from './accent.ts';

const part = (style: string, name: string) => new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(style)?.[1] as string;

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#2e7d32', '#2e7d32')).toBe(1);
  });
  it('does not care which is the ground', () => expect(contrast('#2c652c', '#fbfaf5')).toBe(contrast('#fbfaf5', '#2c652c')));
});

describe('the ink on a colour', () => {
  it.each([
    ['#ffffff', '#000000'],
    ['#ffeb3b', '#000000'],
    ['#2e7d32', '#ffffff'],
    ['#000000', '#ffffff'],
  ])('%s → %s', (colour, ink) => expect(inkOn(colour)).toBe(ink));
  it('always reads', () => {
    for (let red = 0; red <= 255; red += 51)
      for (let green = 0; green <= 255; green += 51)
        for (let blue = 0; blue <= 255; blue += 51) {
          const colour = `#${[red, green, blue].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
          expect(contrast(colour, inkOn(colour)), colour).toBeGreaterThanOrEqual(4.5);
        }
  });
});

describe('a colour made readable', () => {
  it('stays itself when it already is', () => expect(readable('#1d4a20', ['#ffffff'], '#000000')).toBe('#1d4a20'));
  it('moves no further than it must', () => {
    const moved = readable('#ffb300', ['#ffffff'], '#000000');
    expect(contrast(moved, '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(moved, '#ffffff')).toBeLessThan(5.3);
  });
  it('mixes by shares', () => expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080'));
});

describe('the accent of a garden', () => {
  it.each(['#ffff00', '#ffffff', '#000000', '#ff0000', '#2e7d32', '#7fb0ff', '#808080'])('%s reads in both themes', (accent) => {
    const style = accentStyle(accent);
    for (const theme of ['light', 'dark'] as const) {
      const text = part(style, `accent-${theme}`);
      expect(contrast(text, grounds[theme])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, part(style, `accent-tint-${theme}`))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, part(style, `on-accent-${theme}`))).toBeGreaterThanOrEqual(4.5);
    }
  });
  it('is nothing when it is not a colour: what a garden writes never becomes a style', () => {
    for (const text of [null, undefined, '', 'red', '#fff', '#12345g', '#000000;background:url(x)']) expect(accentStyle(text)).toBe('');
    expect(isColour('#A0b1C2')).toBe(true);
  });
});
