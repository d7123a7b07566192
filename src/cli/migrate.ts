import { bringUpToDate, reachServer } from '#platform/application/database.ts';
import { type Command, log } from './command.ts';

export default {
  usage: '',
  summary: 'Met la base de données à la version de cette application',
  options: {},
  words: 0,
  async run() {
    const server = await reachServer(log, { share: true });
    try {
      const done = await bringUpToDate(server.ownerUrl, log);
      return { json: { migrations: done }, text: done.length ? `Base mise à jour : ${done.length} migration(s).` : 'La base est à jour.' };
    } finally {
      await server.stop();
    }
  },
} satisfies Command;
