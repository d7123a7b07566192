import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, grounds } from './accent.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The plain colours of a block of tokens. */
const coloursOf = (block: string) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour as string]));

const [lightCss, rest] = css.split('@media (prefers-color-scheme: dark)') as [string, string];
const light = coloursOf(lightCss);
const themes = { light, dark: { ...light, ...coloursOf(rest.split('@media print')[0] as string) } };

const papers = ['soil', 'paper', 'card'];
const pairs: [text: string, ground: string][] = [
  ...papers.flatMap((ground) =>
    ['ink', 'ink-soft', 'leaf', 'leaf-deep', 'carrot', 'beet', 'sky'].map((text): [string, string] => [text, ground]),
  ),
  ...['leaf', 'carrot', 'beet', 'sky'].flatMap((tone): [string, string][] => [
    [tone, `${tone}-tint`],
    ['ink', `${tone}-tint`],
    ['ink-soft', `${tone}-tint`],
  ]),
  ['leaf-deep', 'leaf-tint'],
  ['on-leaf', 'leaf'],
  ['on-leaf', 'leaf-deep'],
  ['on-beet', 'beet'],
  ['on-beet', 'beet-deep'],
];

describe.each(Object.entries(themes))('the %s theme', (_, colours) => {
  it.each(pairs)('%s reads on %s', (text, ground) => {
    expect(colours[text], text).toBeDefined();
    expect(contrast(colours[text] as string, colours[ground] as string)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(papers)('long text is comfortable on %s', (ground) =>
    expect(contrast(colours.ink as string, colours[ground] as string)).toBeGreaterThanOrEqual(7),
  );
  it.each(papers)('edges of fields and the focus ring are seen on %s', (ground) => {
    expect(contrast(colours['line-strong'] as string, colours[ground] as string)).toBeGreaterThanOrEqual(3);
    expect(contrast(colours.focus as string, colours[ground] as string)).toBeGreaterThanOrEqual(3);
  });
});

it('the accent is corrected against the harshest ground of each theme', () => {
  expect(grounds.light).toBe(themes.light.soil);
  expect(grounds.dark).toBe(themes.dark.card);
});
