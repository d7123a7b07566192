// A small application for the tests to kill: `node application.ts FOLDER [insert]`. Says what happens on its output, one fact per line,
// written at once so that whatever was said survives kill -9: "ready {…}", "log …", "ack 12" (the row is committed), "refused …".
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from '#platform/postgres/embedded.ts';

const say = (line: string) => writeSync(1, `${line}\n`);
const [folder = '', mode] = process.argv.slice(2);

try {
  const server = await startEmbedded({ folder, log: (line) => say(`log ${line}`) });
  say(`ready ${JSON.stringify({ url: server.ownerUrl, adopted: server.adopted })}`);
  process.on('SIGTERM', async () => {
    await server.stop();
    process.exit(0);
  });
  setInterval(() => {}, 1_000);
  if (mode === 'insert') await insertForEver(server.ownerUrl);
} catch (error) {
  say(`refused ${error}`);
  process.exit(1);
}

/** One row per transaction; a failed one is left behind (it may or may not be stored: nobody was told), and the pool reconnects. */
async function insertForEver(url: string): Promise<never> {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  await pool.query('CREATE TABLE IF NOT EXISTS acknowledged (number bigint PRIMARY KEY)');
  const last = await pool.query('SELECT coalesce(max(number), 0) AS number FROM acknowledged');
  for (let number = Number(last.rows[0].number) + 1; ; number++) {
    try {
      await pool.query('INSERT INTO acknowledged VALUES ($1)', [number]);
      say(`ack ${number}`);
    } catch {
      await sleep(50);
    }
  }
}
