import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * `node scripts/pictures.ts`: draws the emojis of the starting list of produce (migration 0012) into one file that browsers keep,
 * src/ui/pictures.svg, so that they look the same everywhere, even where no font knows them. Fluent Emoji, © Microsoft, MIT.
 */
const require = createRequire(import.meta.url);
const { icons } = require('@iconify-json/fluent-emoji-flat/icons.json') as { icons: Record<string, { body: string }> };
const names = require('@iconify-json/fluent-emoji-flat/chars.json') as Record<string, string>;

const list = readFileSync(new URL('../database/migrations/0012_produce_list.sql', import.meta.url), 'utf8');
const emojis = new Set([...(list.match(/\p{Extended_Pictographic}/gu) ?? []), '🧺']);
const codes = [...emojis].map((emoji) => emoji.codePointAt(0)!.toString(16)).sort();
const symbols = codes.map((code) => {
  const icon = icons[names[code] ?? ''];
  if (!icon) throw new Error(`No picture for ${code}.`);
  return `<symbol id="${code}" viewBox="0 0 32 32">${icon.body}</symbol>`;
});
const beside = (name: string) => new URL(`../src/ui/${name}`, import.meta.url);
writeFileSync(
  beside('pictures.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg">\n<title>Fruits et légumes</title>\n${symbols.join('\n')}\n</svg>\n`,
);
console.log(`${symbols.length} : ${codes.join(' ')}`);
