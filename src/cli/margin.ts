import { basename } from 'node:path';
import { gapsOf } from '#domains/composition/rules/margin.ts';
import { readDeparture, readLines } from '#domains/composition/rules/read-lines.ts';
import { sayBudgetGap, sayEuros, sayGap, sayMargin } from '#domains/composition/rules/say-figures.ts';
import { dividedBy, type Exact, exact, parseExact, plus, times, toNumber } from '#kernel/exact.ts';
import { readTable } from '#platform/files/table.ts';
import { type Command, CommandFailed, needed, readGiven, UsageError } from './command.ts';

export default {
  usage: 'FICHIER.csv --price 13,80 --margin 40 --baskets 345',
  summary: 'Le prix de départ, l’écart à la cible et la marge d’un panier décrit dans un fichier',
  options: {
    price: { type: 'string', says: 'le prix du panier, en euros, TVA comprise' },
    margin: { type: 'string', says: 'la marge souhaitée, en %' },
    baskets: { type: 'string', says: 'combien de paniers partent' },
    vat: { type: 'string', says: 'le taux de TVA en %, pour compter la marge sur le prix hors TVA (facultatif)' },
  },
  words: 1,
  run: async ([path = ''], values) => {
    const typed = (name: string, example: string): Exact => {
      const read = parseExact(needed(values, name).replace(/[€%]/g, ''));
      if (!read) throw new UsageError(`--${name} « ${values[name]} » : un nombre est attendu, par exemple ${example}.`);
      return read;
    };
    const [price, margin, baskets] = [typed('price', '13,80'), typed('margin', '40'), typed('baskets', '345')];
    if (baskets.over !== 1n) throw new UsageError(`--baskets « ${values.baskets} » : un nombre entier est attendu.`);
    const hundredth = exact(1, 100);
    const vat = values.vat === undefined ? exact(0) : times(typed('vat', '5,5'), hundredth);
    const lines = await linesOf(path);
    const counted = dividedBy(price, plus(exact(1), vat));
    const figures = gapsOf(readDeparture(lines), counted, times(margin, hundredth), null, Number(baskets.top));
    const { departure, withMargin, gap, realMargin, budgetGap } = figures;
    const known = (value: Exact | null) => (value ? toNumber(value) : null);
    return {
      json: {
        departure: toNumber(departure),
        withMargin: known(withMargin),
        gap: known(gap),
        realMarginPercent: realMargin && toNumber(times(realMargin, exact(100))),
        budgetGap: known(budgetGap),
      },
      text: [
        `Prix de départ            ${sayEuros(departure)} (${lines.length} produits)`,
        `Avec la marge souhaitée   ${sayEuros(withMargin!)}`,
        `Écart à la cible          ${sayGap(gap!)}`,
        `Marge réelle              ${realMargin ? sayMargin(realMargin) : '–'}`,
        `Écart × ${baskets.top} paniers`.padEnd(26) + sayBudgetGap(budgetGap!),
      ].join('\n'),
    };
  },
} satisfies Command;

async function linesOf(path: string) {
  const table = await readTable(basename(path), await readGiven(path));
  if (!table.ok) throw new CommandFailed(table.reason);
  const lines = readLines(table.value);
  if (!lines.ok) throw new CommandFailed(lines.reason);
  return lines.value;
}
