import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createGarden } from '../../src/domains/gardens/index.server.ts';
import { systemNetwork } from '../../src/domains/network/index.server.ts';
import { type Actor, systemActor } from '../../src/platform/access/actor.ts';

/** The pilot garden's own files; they live beside the project and may be absent. */
export const pilotFolder = join(import.meta.dirname, '../../../shared/data/jardin-pilote');
export const hasPilot = existsSync(pilotFolder);
if (!hasPilot) console.warn('The pilot garden’s files are not beside the project: tests of the whole import are skipped.');

export type GivenFile = { name: string; content: Uint8Array };

export const pilotFile = (name: string): GivenFile => ({ name, content: readFileSync(join(pilotFolder, name)) });
export const pilotFiles = (): GivenFile[] => readdirSync(pilotFolder).map(pilotFile);

/** A file as somebody types it: lines of cells. */
export const csv = (name: string, ...lines: string[]): GivenFile => ({ name, content: new TextEncoder().encode(`${lines.join('\n')}\n`) });

/** A garden of its own for one test, with the actor that works there. */
export async function newGarden(slug: string): Promise<Actor> {
  const made = await createGarden(systemNetwork, { name: slug, address: '', postcode: '', city: '', slug });
  if (!made.ok) throw new Error(made.reason);
  return systemActor(made.value.id);
}

/** Tables whose rows are the story of imports, not what they bring. */
const story = new Set(['audit_entry', 'batch', 'import_file', 'import_mapping', 'batch_secret', 'role', 'staff']);

/**
 * All the rows of one garden (or of all the others), as the owner sees them: table → rows as text, in order. Versions and identifiers that
 * do not matter (those of baskets, planned anew) are left out.
 */
export async function contents(ownerUrl: string, gardenId: number, which: 'own' | 'others' = 'own'): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; bypass: boolean }>(
      `select c.table_name as name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.column_name = 'garden_id' and t.table_type = 'BASE TABLE' order by 1`,
    );
    const found: Record<string, string[]> = {};
    const gardens =
      which === 'own' ? [gardenId] : (await client.query('select id from garden where id <> $1', [gardenId])).rows.map((row) => row.id);
    for (const { name } of tables) {
      if (story.has(name)) continue;
      found[name] = [];
      for (const id of gardens) {
        await client.query(`select set_config('app.garden', $1, false)`, [String(id)]);
        const { rows } = await client.query(`select to_jsonb(t) - 'version' ${name === 'basket' ? `- 'id'` : ''} as row from ${name} t`);
        found[name].push(...rows.map(({ row }) => JSON.stringify(row)));
      }
      found[name].sort();
    }
    const { rows } = await client.query(`select to_jsonb(g) - 'version' as row from garden g where (id = $1) = $2 order by id`, [
      gardenId,
      which === 'own',
    ]);
    found.garden = rows.map(({ row }) => JSON.stringify(row));
    return found;
  } finally {
    await client.end();
  }
}
