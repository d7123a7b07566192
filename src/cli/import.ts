import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createGarden, findGarden } from '#domains/gardens/index.server.ts';
import { importDirectory } from '#domains/imports/index.server.ts';
import { systemNetwork } from '#domains/network/index.server.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { today } from '#platform/clock.ts';
import { type Command, CommandFailed, log, needed, neededYear, readGiven, UsageError } from './command.ts';

export default {
  usage: 'DOSSIER|FICHIER --garden NOM --year AAAA',
  summary: 'Importe les fichiers d’un jardin ; crée le jardin s’il n’existe pas',
  options: {
    garden: { type: 'string', says: 'le jardin (son nom court)' },
    year: { type: 'string', says: 'l’année des abonnements et du calendrier' },
  },
  words: 1,
  run: async ([path], values) => {
    const slug = needed(values, 'garden');
    const year = neededYear(values);
    const files = await filesAt(path!);
    return withDatabase(log, async () => {
      const gardenId = (await findGarden(slug))?.id ?? (await newGarden(slug));
      const outcome = await importDirectory(systemActor(gardenId), { files, year, name: basename(path!) }, { today: today() });
      if (!outcome.ok) throw new CommandFailed(outcome.reason);
      const { report, remarks } = outcome.value;
      for (const { file, line, text } of remarks) log(`${file}${line === null ? '' : `, ligne ${line}`} : ${text}`);
      const { customers, depots, tours, subscriptions, requests } = report.accepted;
      const lines = report.rejected.map(({ file, line, reason }) => `  ${file}, ligne ${line} : ${reason}`);
      return {
        json: report,
        text: `Clients : ${customers} · points de dépôt : ${depots} · tournées : ${tours} · abonnements : ${subscriptions} · demandes : ${requests}
${lines.length ? `${lines.length} lignes à corriger :\n${lines.join('\n')}` : 'Aucune ligne rejetée.'}`,
      };
    });
  },
} satisfies Command;

/** The tables of a folder (other files are left aside), or one file. */
async function filesAt(path: string): Promise<{ name: string; content: Buffer }[]> {
  const info = await stat(path).catch(() => null);
  if (!info) throw new UsageError(`« ${path} » n’existe pas.`);
  const folder = info.isDirectory();
  const names = folder ? (await readdir(path)).filter((name) => /\.(csv|txt|tsv|xlsx)$/i.test(name)).sort() : [basename(path)];
  if (!names.length) throw new UsageError(`« ${path} » ne contient aucun fichier CSV ou XLSX.`);
  return Promise.all(names.map(async (name) => ({ name, content: await readGiven(folder ? join(path, name) : path) })));
}

async function newGarden(slug: string): Promise<number> {
  const name = slug.replaceAll('-', ' ').replace(/^./, (letter) => letter.toLocaleUpperCase('fr'));
  const made = await createGarden(systemNetwork, { name, slug, address: '', postcode: '', city: '' });
  if (!made.ok) throw new CommandFailed(made.reason);
  log(`Jardin « ${slug} » créé.`);
  return made.value.id;
}
