import { noteReturnsOfAll } from '#domains/messages/index.server.ts';
import { withDatabase } from '#platform/application/database.ts';
import { type Command, log, readGiven } from './command.ts';

export default {
  usage: 'FICHIER',
  summary: 'Lit des avis de non-remise (un mail, ou une boîte mbox) et note les messages revenus, jardin par jardin',
  options: {},
  words: 1,
  run: async ([path = '']) => {
    const text = (await readGiven(path)).toString();
    return withDatabase(log, async () => {
      const noted = await noteReturnsOfAll(text);
      return {
        json: { noted },
        text:
          noted === 0
            ? 'Aucun avis de retour de nos messages dans ce fichier.'
            : `${noted} ${noted > 1 ? 'retours notés' : 'retour noté'}.`,
      };
    });
  },
} satisfies Command;
