import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { start } from './server.ts';

/** As many rows, as wide as those of the list of customers, from memory. */
const files = {
  'package.json': '{ "private": true, "type": "module" }',
  'vite.config.js': `import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
export default { plugins: [sveltekit({ adapter: adapter({ precompress: false }) })] };`,
  'src/app.html': '<!doctype html><html lang="fr"><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>',
  'src/routes/+layout.js': 'export const csr = false;',
  'src/routes/rows/+page.server.js': `const rows = Array.from({ length: 200 }, (_, id) => ({
  id, number: String(1000 + id), name: 'Durand Élodie ' + id, phone: '06 12 34 56 7' + (id % 10), city: 'Villers-lès-Nancy',
  product: 'Panier simple', depot: 'La Ferme de Sainte-Marie ' + (id % 20), balance: id * 100,
}));
export const load = () => ({ rows });`,
  'src/routes/rows/+page.svelte': `<script>let { data } = $props();</script>
<table><thead><tr><th>Nom</th><th>Numéro</th><th>Téléphone</th><th>Ville</th><th>Reçoit, et où</th><th>Solde</th></tr></thead><tbody>
{#each data.rows as row (row.id)}<tr><td data-label="Nom"><a href="/clients/{row.id}">{row.name}</a></td><td data-label="Numéro">{row.number}</td><td data-label="Téléphone"><a href="tel:{row.phone}">{row.phone}</a></td><td data-label="Ville">{row.city}</td><td data-label="Reçoit, et où">{row.product}<br><small>{row.depot}</small></td><td data-label="Solde">{row.balance} €</td></tr>{/each}
</tbody></table>`,
  'src/routes/metrics/+server.js': `export function GET() {
  const { user, system } = process.cpuUsage();
  return new Response('process_cpu_seconds_total ' + (user + system) / 1e6);
}`,
  // A build without any script at all has no folder of scripts, which the adapter looks for.
  'src/routes/script/+page.js': 'export const csr = true;',
  'src/routes/script/+page.svelte': '<p>Script</p>',
};

/**
 * SvelteKit by itself, serving a list of 200 at `/rows`: rows from memory, no database, no session, no menu, no compression. What it costs on the
 * same machine and in the same run tells how much of a limit is left for all the rest of a page.
 */
export async function serveBare(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'cocagne-bench-bare-'));
  const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await symlink(modules, join(folder, 'node_modules'));
  await promisify(execFile)(process.execPath, [join(modules, 'vite/bin/vite.js'), 'build'], { cwd: folder });
  const { origin, stop } = await start(join(folder, 'build/index.js'), {}, '/metrics');
  return {
    origin,
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
