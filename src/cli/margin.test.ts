import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from './command.ts';
import margin from './margin.ts';

const options = { price: '13.80', margin: '40', baskets: '345' };
const pilot = `Légume;Quantité;Unité;Prix réf. HT
Carotte;0,5;kg;1,51
Chou brocoli;1;kg;1,95
Chou-fleur;1;pièce;2,00
Chou-rave vert;1;pièce;1,17
Épinard;0,5;kg;3,18
Poireau;0,4;kg;2,20
Salade batavia blonde;1;pièce;1,15
Tomate ronde;0,4;kg;2,60
`;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cocagne-margin-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(content: string | Uint8Array, values: Record<string, string | undefined> = options) {
  const path = join(folder, 'composition.csv');
  await writeFile(path, content);
  return margin.run([path], values);
}

describe('cocagne margin', () => {
  test.each([
    ['UTF-8', pilot],
    ['Windows-1252', iconv.encode(pilot, 'windows-1252')],
    ['columns in another order', 'Prix réf. HT;Unité;Quantité;Légume\n10,535;p;1;Panier\n'],
  ])('the pilot’s example, unrounded: %s', async (_, content) => {
    const { json } = await run(content);
    expect(json).toEqual({
      departure: 10.535,
      withMargin: 14.749,
      gap: -0.949,
      realMarginPercent: expect.any(Number),
      budgetGap: -327.405,
    });
    expect((json as { realMarginPercent: number }).realMarginPercent).toBeCloseTo(30.99193166, 7);
  });

  test('says it in words, as gardens know it', async () => {
    const { text } = await run(pilot, { ...options, price: '13,80 €', margin: '40 %' });
    expect(text.replace(/[\u00a0\u202f]/g, ' ').match(/[−+]?[\d,]+ [€%]/g)).toEqual(['10,53 €', '14,75 €', '−0,95 €', '31 %', '−327 €']);
  });

  test('without VAT, and for a file whose prices have more decimals than cents', async () => {
    // 11 ÷ 1,10 = 10; 0,333 × 0,00003 = 0,00000999
    const { json } = await run('Légume;Quantité;Unité;Prix réf. HT\nAil;0,333;kg;0,00003\n', {
      ...{ price: '11', margin: '0', baskets: '1', vat: '10' },
    });
    expect(json).toMatchObject({ departure: 0.00000999, withMargin: 0.00000999, gap: 9.99999001 });
  });

  test('tells every wrong line with its number', async () => {
    const wrong =
      'Légume;Quantité;Unité;Prix réf. HT\nAil;beaucoup;kg;2\n\nNavet;1;litre;2\nOignon;1;kg;\n;1;kg;2\nRadis;-1;botte;1\nPanais;1;kg;2\n';
    const said = await run(wrong).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(said.split('\n').slice(1)).toEqual([
      '  ligne 2 : « beaucoup » : un nombre est attendu, par exemple 0,5.',
      '  ligne 4 : « litre » : kg, pièce, botte ou barquette est attendu.',
      '  ligne 5 : le prix de référence manque (un prix est attendu, par exemple 1,51).',
      '  ligne 6 : le nom du produit manque.',
      '  ligne 7 : « -1 » : un nombre est attendu, par exemple 0,5.',
    ]);
  });

  test('tells columns that miss, and a file that is not there', async () => {
    await expect(run('Légume;Quantité;Prix\nAil;1;2\n')).rejects.toThrow('il manque la colonne « Unité »');
    await expect(margin.run([join(folder, 'rien.csv')], options)).rejects.toThrow('n’existe pas');
    await expect(margin.run([folder], options)).rejects.toThrow('c’est un dossier');
  });

  test.each([
    [{ price: undefined }, /--price/],
    [{ price: '-3' }, /--price « -3 »/],
    [{ margin: 'quarante' }, /--margin « quarante »/],
    [{ baskets: '3,5' }, /nombre entier/],
  ])('refuses %j', async (values, said) => {
    const refusal = run(pilot, { ...options, ...values });
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(said);
  });
});
