import { config } from '#platform/config.ts';
import { openDatabase } from '#platform/db/index.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { log } from '#platform/log.ts';
import { jobs } from './jobs.ts';

// The worker as a process of its own, for a network on several machines: DATABASE_URL=… node src/worker.ts
const url = config.databaseUrl();
if (!url) throw new Error('DATABASE_URL manque : le service d’envoi a besoin de la base.');
openDatabase(url, { max: 2 });
const worker = await startWorker(url, jobs);
log.info('Service d’envoi démarré');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void worker.stop().then(() => process.exit(0)));
}
