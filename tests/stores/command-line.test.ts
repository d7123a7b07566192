import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { fileTrouble } from '../../src/cli/command.ts';
import { useDatabase } from '../database.ts';
import { newGarden } from './imports.garden.ts';

const { ownerUrl } = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'cocagne-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command line as people start it, with its exit code. */
function cocagne(...words: string[]): { code: number | null; out: string; said: string } {
  const env = { ...process.env, DATABASE_URL: ownerUrl(), COCAGNE_DATA: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', ...words], { env, encoding: 'utf8' });
  return { code: status, out: stdout, said: stderr };
}

async function accounts(): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl() });
  await owner.connect();
  const { rows } = await owner.query('select email from auth."user" order by email');
  await owner.end();
  return rows.map(({ email }) => email);
}

test('every command explains itself, and wrong words are told with the usage, exit code 2', () => {
  const names = readdirSync('src/cli').flatMap((file) => /^(?!command|garden)(\w+)\.ts$/.exec(file)?.[1] ?? []);
  const overview = cocagne('--help');
  expect(overview.code).toBe(0);
  for (const name of names) expect(overview.out).toContain(`  ${name} `);
  const explained = cocagne('sheets', '--help');
  expect(explained).toMatchObject({ code: 0, said: '' });
  expect(explained.out).toContain('--json');
  const wrong = cocagne('deliveries', '--garden', 'pilote', '--year', '25');
  expect(wrong.code).toBe(2);
  expect(wrong.said).toContain('--year « 25 » : une année sur quatre chiffres est attendue');
  expect(wrong.out).toBe('');
}, 60_000);

test('a user is made whole or not at all: neither for a role that does not exist, nor without an address', async () => {
  await newGarden('verger');
  const before = await accounts();
  const paul = ['user', '--email', 'paul@exemple.test', '--name', 'Paul'];
  const unknown = cocagne(...paul, '--garden', 'verger', '--role', 'Roi');
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(unknown.said).toContain('Ce jardin n’a pas de rôle « Roi ». Il a : Administrateur');
  expect(cocagne(...paul, '--role', 'Administrateur')).toMatchObject({ code: 2 });
  const noAddress = cocagne('user', '--email', 'paul', '--name', 'Paul');
  expect(noAddress.code).toBe(2);
  expect(noAddress.said).toContain('--email « paul » : une adresse e-mail est attendue');
  expect(await accounts()).toEqual(before);
  const made = cocagne(...paul, '--garden', 'verger', '--json');
  expect(made).toMatchObject({ code: 0, said: '' });
  expect(JSON.parse(made.out)).toMatchObject({ created: true });
  expect(await accounts()).toEqual([...before, 'paul@exemple.test']);
}, 60_000);

test('a garden whose short name cannot stand in an address is refused in French, and a file that cannot be written too', () => {
  const crooked = cocagne('import', 'package.json', '--garden', 'Pas Bon !', '--year', '2025');
  expect(crooked).toMatchObject({ code: 1, out: '' });
  expect(crooked.said).toContain('Par exemple « pas-bon »');
  const path = join(folder, 'absent', 'sauvegarde.cocagne');
  const nowhere = cocagne('backup', '--out', path);
  expect(nowhere.code).toBe(1);
  expect(nowhere.said).toContain(': ce fichier n’existe pas, ou son dossier.');
  expect(nowhere.said).not.toContain('ENOENT');
}, 60_000);

test('what the system answers of a file is said in French; other errors are not of files', () => {
  expect(fileTrouble(Object.assign(new Error('x'), { code: 'ENOSPC', path: '/a' }))).toBe('« /a » : le disque est plein.');
  expect(fileTrouble(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBeNull();
});
