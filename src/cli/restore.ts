import { bringUpToDate, reachServer } from '#platform/application/database.ts';
import { ensureSecret } from '#platform/auth/secret.ts';
import { restore } from '#platform/backup/restore.ts';
import { config } from '#platform/config.ts';
import { migrateJobs } from '#platform/jobs/worker.ts';
import { type Command, log, needed } from './command.ts';

export default {
  usage: '--from FICHIER',
  summary: 'Remet une sauvegarde en place sur une installation neuve',
  options: { from: { type: 'string', says: 'le fichier de sauvegarde' } },
  words: 0,
  async run(_, values) {
    const file = needed(values, 'from');
    const server = await reachServer(log);
    try {
      const { header, rows } = await restore(server.ownerUrl, file, { log, prepare: migrateJobs });
      await bringUpToDate(server.ownerUrl, log);
      // Second factors are sealed with the secret of the installation that made them.
      if (header.secret && !config.secret()) ensureSecret(config.dataFolder(), header.secret);
      return {
        json: { rows, createdAt: header.createdAt },
        text: `Sauvegarde du ${new Date(header.createdAt).toLocaleString('fr-FR')} remise en place : ${rows.toLocaleString('fr-FR')} lignes.`,
      };
    } finally {
      await server.stop();
    }
  },
} satisfies Command;
