import { writeFile } from 'node:fs/promises';
import { archiveTill } from '#domains/accounting/index.server.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { now } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, UsageError, type Values } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--garden NOM --from AAAA-MM-JJ --until AAAA-MM-JJ --out FICHIER',
  summary: 'L’archive signée des encaissements d’une période (article 286, I-3° bis du CGI) ; « verify » la vérifie',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    from: { type: 'string', says: 'le premier jour' },
    until: { type: 'string', says: 'le dernier jour' },
    out: { type: 'string', says: 'le fichier à écrire' },
  },
  words: 0,
  run: (_, values) => {
    const [slug, from, until, file] = [needed(values, 'garden'), day(values, 'from'), day(values, 'until'), needed(values, 'out')];
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const made = await archiveTill(systemActor(garden.id), { from, until, now: now() });
      if (!made.ok) throw new CommandFailed(made.reason);
      const { content, payments, closings } = made.value;
      await writeFile(file, content);
      return { json: { file, from, until, payments, closings }, text: `${file} : ${closings} clôtures, ${payments} règlements, signé.` };
    });
  },
} satisfies Command;

function day(values: Values, name: string): Day {
  const read = parseDay(needed(values, name));
  if (!read) throw new UsageError(`--${name} « ${values[name]} » : un jour est attendu, par exemple 2026-01-31.`);
  return read;
}
