import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Test files share a process (starting one for each took as long as half of their tests): each finds the environment as the first one did, whatever
 * those before it set. What signs sessions is read once per process: it stands in one folder for the whole run.
 */
const shared = globalThis as { environmentAtFirst?: NodeJS.ProcessEnv };
shared.environmentAtFirst ??= { ...process.env, COCAGNE_DATA: mkdtempSync(join(tmpdir(), 'cocagne-stores-')) };
for (const name of Object.keys(process.env)) if (!(name in shared.environmentAtFirst)) delete process.env[name];
Object.assign(process.env, shared.environmentAtFirst);
