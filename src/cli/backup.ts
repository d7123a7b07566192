import { stat } from 'node:fs/promises';
import { reachServer } from '#platform/application/database.ts';
import { ensureSecret } from '#platform/auth/secret.ts';
import { backup } from '#platform/backup/backup.ts';
import { type Command, log, needed } from './command.ts';

export default {
  usage: '--out FICHIER',
  summary: 'Sauvegarde tout dans un fichier, sans arrêter l’application',
  options: { out: { type: 'string', says: 'le fichier à écrire, par exemple sauvegarde.cocagne' } },
  words: 0,
  async run(_, values) {
    const file = needed(values, 'out');
    const server = await reachServer(log, { share: true });
    try {
      const rows = await backup(server.ownerUrl, file, { secret: ensureSecret(), log });
      const { size } = await stat(file);
      return {
        json: { file, rows, bytes: size },
        text: `${file} : ${rows.toLocaleString('fr-FR')} lignes, ${Math.ceil(size / 1024).toLocaleString('fr-FR')} Ko.`,
      };
    } finally {
      await server.stop();
    }
  },
} satisfies Command;
