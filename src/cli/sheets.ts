import { writeFile } from 'node:fs/promises';
import { type SheetFormat, type SheetKind, sheet, sheetFormats, sheetKinds } from '#domains/preparation/index.server.ts';
import { parseDay } from '#kernel/day.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, UsageError } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: `--garden NOM --date AAAA-MM-JJ --kind ${sheetKinds.join('|')} [--format pdf|xlsx] [--tour CODE] --out FICHIER`,
  summary: 'Les feuilles d’un jour de livraison : préparation, route, changements, listes de dépôt, étiquettes ; en PDF ou pour un tableur',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    date: { type: 'string', says: 'le jour de livraison' },
    kind: { type: 'string', says: sheetKinds.join(', ') },
    format: { type: 'string', says: 'pdf (sinon) ou xlsx' },
    tour: { type: 'string', says: 'le code d’une seule tournée' },
    out: { type: 'string', says: 'le fichier à écrire' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const date = parseDay(needed(values, 'date'));
    if (!date) throw new UsageError(`--date « ${values.date} » : un jour est attendu, par exemple 2025-10-22.`);
    const kind = needed(values, 'kind');
    if (!sheetKinds.includes(kind as SheetKind)) throw new UsageError(`--kind « ${kind} » : ${sheetKinds.join(', ')}.`);
    const format = values.format ?? 'pdf';
    if (!sheetFormats.includes(format as SheetFormat)) throw new UsageError(`--format « ${format} » : pdf ou xlsx.`);
    const file = needed(values, 'out');
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const made = await sheet(
        systemActor(garden.id),
        kind as SheetKind,
        { date, today: today(), tour: typeof values.tour === 'string' ? values.tour : undefined },
        format as SheetFormat,
      );
      if (!made.ok) throw new CommandFailed(made.reason);
      await writeFile(file, made.value);
      return { json: { file, bytes: made.value.length }, text: `${file} : ${Math.ceil(made.value.length / 1024)} Ko.` };
    });
  },
} satisfies Command;
