import { rmSync } from 'node:fs';
import { demo, empty } from './servers.ts';

/** One of the two servers of the tests, on new data: `node tests/e2e/serve.ts demo|empty`. */
const server = process.argv.pop() === 'demo' ? demo : empty;
rmSync(server.folder, { recursive: true, force: true });
delete process.env.DATABASE_URL;
Object.assign(process.env, { COCAGNE_DATA: server.folder, COCAGNE_TODAY: server.today, PORT: String(server.port), COCAGNE_LOG: 'warn' });
if (server.name === 'demo') await import('../../scripts/demo.ts');
else await (await import('../../scripts/start.ts')).start();
