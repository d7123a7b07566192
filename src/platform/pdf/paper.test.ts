import { describe, expect, test } from 'vitest';
import { printPages } from './pages.ts';
import { Paper } from './paper.ts';
import { canReadBack, fontsOf, pagesOf, wordsOf } from './read-back.ts';
import { drawRow, layOut } from './row.ts';

const day = '2025-10-21';

async function onePage(draw: (paper: Paper) => void): Promise<Buffer> {
  const paper = new Paper('Essai', day);
  paper.addPage('portrait');
  draw(paper);
  return paper.finish();
}

test('the same drawing gives the same file', async () => {
  const draw = (paper: Paper) => paper.text('Bonjour', 40, 60, { size: 12 });
  expect(await onePage(draw)).toEqual(await onePage(draw));
});

test('a width grows with the size, and bold is wider', () => {
  const paper = new Paper('Essai', day);
  const width = paper.width('Épinal', { size: 10 });
  expect(width).toBeGreaterThan(20);
  expect(paper.width('Épinal', { size: 20 })).toBeCloseTo(width * 2);
  expect(paper.width('Épinal', { size: 10, weight: 'bold' })).toBeGreaterThan(width);
});

describe.skipIf(!canReadBack)('read back with pdftotext (skipped when it is not installed)', () => {
  test('French, euros, dashes and other European letters come back as they were written', async () => {
    const lines = ['Cœur de Noël, « Œuvre » – l’été à Sète : 3,50 €', 'ÀÂÇÉÈÊËÎÏÔÙÛÜ àâçéèêëîïôùûü n° 1…', 'Łukasz Šimić Ştefan Őry Žižek'];
    const pdf = await onePage((paper) => {
      for (const [index, line] of lines.entries()) {
        paper.text(line, 40, 60 + index * 40, { size: 12 });
        paper.text(line, 40, 80 + index * 40, { size: 12, weight: 'bold' });
      }
    });
    expect(pagesOf(pdf)).toEqual([lines.flatMap((line) => [line, line]).join(' ')]);
    const fonts = fontsOf(pdf);
    expect(fonts).toHaveLength(4);
    for (const font of fonts)
      expect(font).toMatchObject({ name: expect.stringContaining('AtkinsonHyperlegibleNext'), embedded: true, unicode: true });
  });

  test('texts stand where they are asked to, also upwards', async () => {
    const pdf = await onePage((paper) => {
      paper.text('gauche', 100, 100, { size: 12 });
      paper.text('droite', 300, 100, { size: 12, align: 'right' });
      paper.text('milieu', 450, 100, { size: 12, align: 'center' });
      paper.textUpwards('montant', 200, 400, { size: 12 });
    });
    const words = Object.fromEntries(wordsOf(pdf)[0]!.words.map((word) => [word.text, word]));
    expect(words.gauche!.left).toBeCloseTo(100, 0);
    expect(words.droite!.right).toBeCloseTo(300, 0);
    expect((words.milieu!.left + words.milieu!.right) / 2).toBeCloseTo(450, 0);
    expect(words.montant!.bottom).toBeCloseTo(400, 0);
    expect(words.montant!.bottom - words.montant!.top).toBeGreaterThan(words.montant!.right - words.montant!.left);
  });

  test('a cell never leaves its column', async () => {
    const columns = layOut(50, [{ width: 60 }, { width: 60, align: 'right' }, { width: 60, align: 'center' }], 10);
    const cell = [{ text: 'Un-texte-bien-trop-long-pour-sa-colonne', size: 12 }];
    const pdf = await onePage((paper) => drawRow(paper, columns, [cell, cell, cell], { top: 100, height: 30 }));
    const words = wordsOf(pdf)[0]!.words;
    expect(words).toHaveLength(3);
    for (const [index, word] of words.entries()) {
      expect(word.text).toMatch(/…$/);
      expect(word.left).toBeGreaterThanOrEqual(columns[index]!.x - 0.1);
      expect(word.right).toBeLessThanOrEqual(columns[index]!.x + 60.1);
      expect(word.top).toBeGreaterThanOrEqual(100);
      expect(word.bottom).toBeLessThanOrEqual(130);
    }
  });

  test('every page says which it is, of how many', async () => {
    const page = { orientation: 'portrait' as const, section: 'Tournée', footer: 'ME1', draw: () => {} };
    const pdf = await printPages(new Paper('Essai', day), [page, { ...page, orientation: 'landscape' }], 'édité le 21/10/2025');
    expect(pagesOf(pdf)).toEqual(['édité le 21/10/2025 · page 1 / 2 ME1', 'édité le 21/10/2025 · page 2 / 2 ME1']);
    expect(wordsOf(pdf).map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([
      [595, 842],
      [842, 595],
    ]);
  });
});
