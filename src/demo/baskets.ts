import type { Thousandths, Unit, UnitPrice } from '#kernel/quantity.ts';
import type { Chance } from './random.ts';

/** What a basket of the demonstration holds: some of what the month gives, for about what it should cost. Pure. */

export type DemoProduce = { id: number; category: string; unit: Unit; unitPrice: UnitPrice; family: string };
export type DemoLine = { produceId: number; quantity: Thousandths; unit: Unit; unitPrice: UnitPrice };

const cost = (lines: readonly DemoLine[]) => lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

/**
 * @param aim the departure price aimed at, in cents. @param fruit how much of the basket's lines are fruit, 0 to 1.
 * @returns between five and ten lines, within some per cent of it when what there is allows.
 */
export function fillBasket(all: readonly DemoProduce[], aim: number, fruit: number, luck: Chance): DemoLine[] {
  // Cents are 10⁵ of the products of thousandths and ten-thousandths.
  const wished = aim * luck.between(95, 106) * 1000;
  const shuffled = all.map((one) => ({ one, at: luck.next() })).toSorted((a, b) => a.at - b.at);
  const sorted = (category: (name: string) => boolean) => shuffled.map(({ one }) => one).filter((one) => category(one.category));
  const [fruits, vegetables] = [sorted((name) => name === 'fruit'), sorted((name) => name !== 'fruit')];
  const lines: DemoLine[] = [];
  const families = new Map<string, number>();
  while (lines.length < 10 && (fruits.length || vegetables.length)) {
    const next = (luck.happens(fruit) ? fruits.shift() : vegetables.shift()) ?? fruits.shift() ?? vegetables.shift()!;
    const same = families.get(next.family) ?? 0;
    if (same >= 2) continue;
    const quantity = next.unit !== 'kg' ? 1000 : next.unitPrice > 60_000 ? 150 : next.unitPrice > 35_000 ? 250 : luck.between(2, 3) * 250;
    const line = { produceId: next.id, quantity, unit: next.unit, unitPrice: next.unitPrice };
    if (lines.length >= 5 && cost([...lines, line]) > wished * 1.03) break;
    families.set(next.family, same + 1);
    lines.push(line);
  }
  return weigh(lines, wished);
}

/** Moves what is weighed by 50 g until the whole costs about what is wished. */
function weigh(lines: DemoLine[], wished: number): DemoLine[] {
  const weighed = lines.filter(({ unit, unitPrice }) => unit === 'kg' && unitPrice <= 35_000);
  for (let turn = 0; turn < 60 && weighed.length; turn += 1) {
    const line = weighed[turn % weighed.length]!;
    const missing = wished - cost(lines);
    const step = Math.sign(missing) * 50;
    if (Math.abs(missing) < line.unitPrice * 50 || line.quantity + step < 200 || line.quantity + step > 1500) continue;
    line.quantity += step;
  }
  return lines;
}
