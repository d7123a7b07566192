import { parseArgs } from 'node:util';
import { type Command, CommandFailed, fileTrouble, toParseArgs, UsageError, type Values } from './cli/command.ts';

/**
 * `npm run --silent cocagne -- <command>`. Results on standard output, everything else on standard error.
 * Exit codes: 0 done, 1 refused or failed, 2 wrong words or options.
 */
const commands: Record<string, () => Promise<{ default: Command }>> = {
  migrate: () => import('./cli/migrate.ts'),
  import: () => import('./cli/import.ts'),
  deliveries: () => import('./cli/deliveries.ts'),
  sheets: () => import('./cli/sheets.ts'),
  margin: () => import('./cli/margin.ts'),
  share: () => import('./cli/share.ts'),
  bill: () => import('./cli/bill.ts'),
  statement: () => import('./cli/statement.ts'),
  debit: () => import('./cli/debit.ts'),
  close: () => import('./cli/close.ts'),
  fec: () => import('./cli/fec.ts'),
  archive: () => import('./cli/archive.ts'),
  verify: () => import('./cli/verify.ts'),
  user: () => import('./cli/user.ts'),
  bank: () => import('./cli/bank.ts'),
  bounces: () => import('./cli/bounces.ts'),
  backup: () => import('./cli/backup.ts'),
  restore: () => import('./cli/restore.ts'),
  demo: () => import('./cli/demo.ts'),
};

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(12)}${(await load()).default.summary}`),
  );
  return `Cocagne, en ligne de commande\n\n  npm run --silent cocagne -- COMMANDE [options]\n\n${lines.join('\n')}\n
  --help après une commande l’explique ; --json donne un résultat pour un programme.
  COCAGNE_DATA : dossier des données ; DATABASE_URL : un PostgreSQL extérieur ; COCAGNE_TODAY=AAAA-MM-JJ : faire comme si l’on était ce jour-là.`;
}

function explain(name: string, { usage, summary, options }: Command): string {
  const lines = Object.entries({ ...options, json: { type: 'boolean', says: 'résultat en JSON' } }).map(
    ([option, { says }]) => `  --${option.padEnd(12)}${says}`,
  );
  return `${summary}\n\n  npm run --silent cocagne -- ${name} ${usage}\n\n${lines.join('\n')}`;
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    console.log(await overview());
    return name ? 0 : 2;
  }
  const load = commands[name];
  if (!load) {
    console.error(`« ${name} » n’est pas une commande.\n\n${await overview()}`);
    return 2;
  }
  const command = (await load()).default;
  try {
    const { words, values } = read(command, rest);
    if (values.help) console.log(explain(name, command));
    else {
      const { json, text } = await command.run(words, values);
      console.log(values.json ? JSON.stringify(json) : text);
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) console.error(`✗ ${error.message}\n\n${explain(name, command)}`);
    else if (error instanceof CommandFailed || process.env.COCAGNE_LOG !== 'debug')
      console.error(`✗ ${fileTrouble(error) ?? (error as Error).message}`);
    else console.error(error);
    return error instanceof UsageError ? 2 : 1;
  }
}

function read(command: Command, args: string[]): { words: string[]; values: Values } {
  try {
    const { positionals, values } = parseArgs({ args, options: toParseArgs(command), allowPositionals: true, strict: true });
    const help = (values as Values).help;
    if (!help && positionals.length !== command.words)
      throw new UsageError(command.words ? 'Il manque un mot après la commande.' : `« ${positionals[0]} » est de trop.`);
    return { words: positionals, values: values as Values };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError((error as Error).message);
  }
}

process.exitCode = await main(process.argv.slice(2));
