import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { importDirectory } from '../../src/domains/imports/index.server.ts';
import { type DaySheet, daySheet, type SheetKind, sheet } from '../../src/domains/preparation/index.server.ts';
import type { Actor } from '../../src/platform/access/actor.ts';
import { useDatabase } from '../database.ts';
import { hasPilot, newGarden, pilotFiles } from './imports.garden.ts';

const today = '2025-10-20';
const readsPdf = existsSync('/usr/bin/pdftotext');

useDatabase();

describe.skipIf(!hasPilot)('the sheets of the pilot garden', () => {
  let actor: Actor;
  beforeAll(async () => {
    actor = await newGarden('pilote');
    const done = await importDirectory(actor, { files: pilotFiles(), year: 2025 }, { today: '2024-12-20' });
    if (!done.ok) throw new Error(done.reason);
  });

  const day = async (date: string): Promise<DaySheet> => {
    const done = await daySheet(actor, { date, today });
    if (!done.ok) throw new Error(done.reason);
    return done.value;
  };
  const totals = ({ products, tours }: DaySheet) =>
    products.map((_, at) => tours.flatMap((tour) => tour.stops).reduce((sum, stop) => sum + stop.counts[at]!, 0));

  test('week 43 has the published totals', async () => {
    const wednesday = await day('2025-10-22');
    expect(wednesday.products).toEqual(['Simple', 'Familial', 'Fruité 1', 'Fruité 2', 'Fruité 3']);
    expect(totals(wednesday)).toEqual([345, 58, 45, 24, 6]);
    const friday = await day('2025-10-24');
    expect(totals(friday)).toEqual([342, 53, 36, 22, 14]);
    expect(friday.tours.map(({ code, stops }) => [code, stops.length])).toEqual([
      ['VE1', 10],
      ['VE2', 8],
      ['MAG', 1],
    ]);
  });

  test('deliveries moved for 8 May are on their own day', async () => {
    expect((await day('2025-05-07')).tours.map((tour) => tour.code)).toEqual(['ME1', 'ME2', 'VE1']);
    expect((await day('2025-05-09')).tours.map((tour) => tour.code)).toEqual(['VE2', 'MAG']);
  });

  test.skipIf(!readsPdf).each(['preparation', 'route'] as SheetKind[])(
    'the printed sheet holds text, totals and names, and no price (%s)',
    async (kind) => {
      const done = await sheet(actor, kind, { date: '2025-10-22', today, tour: 'ME1' });
      if (!done.ok) throw new Error(done.reason);
      const folder = mkdtempSync(join(tmpdir(), 'cocagne-sheet-'));
      try {
        const file = join(folder, 'sheet.pdf');
        writeFileSync(file, done.value);
        const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
        expect(text).toContain('Pharmacie des Halles');
        expect(text).toContain('163');
        expect(text.includes('Antoine Thierry')).toBe(kind === 'route');
        expect(text).not.toContain('ME2');
        expect(text).not.toMatch(/€|\d,\d\d\b|prix|solde|prélèvement/i);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
