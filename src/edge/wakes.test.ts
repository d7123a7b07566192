import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { wakes } from './wakes.ts';

const root = 'src/routes';
/** What each file of these names says of scripts: [route, what stands behind `csr =`]. */
const said = (name: string): [string, string][] =>
  globSync(`${root}/**/${name}`).flatMap((file) => {
    const found = /^export const csr = (.*);$/m.exec(readFileSync(file, 'utf8'));
    return found ? [[dirname(file).replaceAll('\\', '/').slice(root.length), found[1]!]] : [];
  });

test('who sends a script is known before its page is read, else the script would find no data', () => {
  const plain = said('+page.ts');
  expect(plain.length).toBeGreaterThan(3);
  for (const [route, csr] of plain) expect([route, wakes(route)]).toEqual([route, csr === 'true']);
  for (const [route, csr] of said('+page.server.ts')) expect(csr).toBe(`wakes('${route}')`);
  expect([...said('+layout.ts'), ...said('+layout.server.ts')]).toEqual([['', 'false']]);
});
