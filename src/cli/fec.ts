import { writeFile } from 'node:fs/promises';
import { fec, fecFile } from '#domains/accounting/index.server.ts';
import { sayYear } from '#domains/accounting/rules/years.ts';
import { formatEuros } from '#kernel/money.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { type Command, CommandFailed, log, needed, neededYear, UsageError } from './command.ts';
import { gardenNamed } from './garden.ts';

const forms = ['tab', 'bar', 'xml'] as const;

export default {
  usage: '--garden NOM --year AAAA --out FICHIER [--format tab|bar|xml] [--dry-run]',
  summary: 'Le fichier des écritures comptables (FEC) d’un exercice, pour l’administration et l’expert-comptable',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    year: { type: 'string', says: 'l’année où finit l’exercice' },
    out: { type: 'string', says: 'le fichier à écrire' },
    format: { type: 'string', says: 'tab (sinon, ou xml si le fichier finit par .xml), bar (séparateur |) ou xml' },
    'dry-run': { type: 'boolean', says: 'compte sans écrire de fichier' },
  },
  words: 0,
  run: (_, values) => {
    const slug = needed(values, 'garden');
    const year = neededYear(values);
    // A file called .xml is one, unless something else is asked.
    const form = forms.find((one) => one === (values.format ?? (String(values.out ?? '').endsWith('.xml') ? 'xml' : 'tab')));
    if (!form) throw new UsageError(`--format « ${values.format} » : ${forms.join(', ')}.`);
    const dry = values['dry-run'] === true;
    const file = dry ? null : needed(values, 'out');
    return withDatabase(log, async () => {
      const garden = await gardenNamed(slug);
      const made = await fec(systemActor(garden.id), year);
      if (!made.ok) throw new CommandFailed(made.reason);
      const { name, siren, provisional, lines, entries, debit, year: period } = made.value;
      if (file) await writeFile(file, fecFile(made.value, form));
      const remarks = [
        ...(provisional ? ['L’exercice n’est pas clôturé : ce fichier est provisoire.'] : []),
        ...(siren ? [] : ['Le SIRET du jardin n’est pas dans ses réglages : le nom légal du fichier le demande.']),
      ];
      return {
        json: {
          file,
          name: `${name}.${form === 'xml' ? 'xml' : 'txt'}`,
          startsOn: period.startsOn,
          endsOn: period.endsOn,
          provisional,
          entries,
          lines: lines.length,
          debitCents: debit,
          creditCents: debit,
          remarks,
        },
        text: [
          `Exercice ${sayYear(period)} : ${entries} écritures, ${lines.length} lignes, ${formatEuros(debit)} au débit et au crédit.`,
          ...remarks,
          file ? `Écrit dans ${file} (nom légal : ${name}).` : 'Rien n’a été écrit.',
        ].join('\n'),
      };
    });
  },
} satisfies Command;
