import { rmSync } from 'node:fs';
import { demo, empty } from './servers.ts';

/** One of the two servers of the tests, on new data: `node tests/e2e/serve.ts demo|empty`. */
const server = process.argv.pop() === 'demo' ? demo : empty;
rmSync(server.folder, { recursive: true, force: true });
delete process.env.DATABASE_URL;
Object.assign(process.env, { COCAGNE_DATA: server.folder, COCAGNE_TODAY: server.today, PORT: String(server.port), COCAGNE_LOG: 'warn' });
// Tiles that nobody serves: maps stay drawings, but where a test gives some (live-map.spec.ts).
process.env.COCAGNE_TILES = 'https://localhost:9/tuiles/{z}/{x}/{y}.png';
if (server.name === 'demo') await import('../../scripts/demo.ts');
else await (await import('../../scripts/start.ts')).start();
