import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareDemo } from '../src/demo/prepare.ts';
import { table } from '../src/demo/team.ts';
import { today } from '../src/platform/clock.ts';
import { config } from '../src/platform/config.ts';
import { during, fail, say } from './progress.ts';
import { start } from './start.ts';

/** `npm run demo`: builds, starts a database of its own, fills it with invented gardens when needed, and serves. `--fresh` fills it anew. */
async function demo(): Promise<void> {
  const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
  process.env.COCAGNE_DATA = join(config.dataFolder(), 'demo');
  process.env.COCAGNE_DEMO = 'yes';
  await start('npm run demo', async (ownerUrl) => {
    const signIns = await during('Préparation de la démonstration', () =>
      prepareDemo({ ownerUrl, today: today(), fresh: values.fresh, log: say }),
    );
    say(`\nPour entrer (${config.publicUrl()}/connexion), l’une de ces personnes :\n\n${table(signIns)}\n`);
  });
}

await demo().catch(fail);
