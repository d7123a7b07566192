import { writeFile } from 'node:fs/promises';
import { type SheetKind, sheet } from '#domains/preparation/index.server.ts';
import { parseDay } from '#kernel/day.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, UsageError } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--garden NOM --date AAAA-MM-JJ --kind preparation|route|changes --out FICHIER.pdf',
  summary: 'La feuille de préparation, de route ou des changements d’un jour de livraison, en PDF',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    date: { type: 'string', says: 'le jour de livraison' },
    kind: { type: 'string', says: 'preparation, route ou changes' },
    out: { type: 'string', says: 'le fichier à écrire' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const date = parseDay(needed(values, 'date'));
    if (!date) throw new UsageError(`--date « ${values.date} » : un jour est attendu, par exemple 2025-10-22.`);
    const kind = needed(values, 'kind');
    if (kind !== 'preparation' && kind !== 'route' && kind !== 'changes')
      throw new UsageError(`--kind « ${kind} » : preparation, route ou changes.`);
    const file = needed(values, 'out');
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const pdf = await sheet(systemActor(garden.id), kind satisfies SheetKind, { date, today: today() });
      if (!pdf.ok) throw new CommandFailed(pdf.reason);
      await writeFile(file, pdf.value);
      return { json: { file, bytes: pdf.value.length }, text: `${file} : ${Math.ceil(pdf.value.length / 1024)} Ko.` };
    });
  },
} satisfies Command;
