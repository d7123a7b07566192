import type { Client } from 'pg';
import { type Day, weekOf } from '#kernel/day.ts';

/**
 * What says that a database holds the demonstration, and from which day: a comment on the table `network`. Only the owner of the database
 * can write it, no command of the application does, and a backup does not carry it: real data can never pass for the demonstration.
 */
export type Mark = { state: 'loading' | 'loaded'; scale: 'demo' | 'network'; today: Day };

const PREFIX = 'cocagne-demo ';

export async function readMark(owner: Client): Promise<Mark | null> {
  const { rows } = await owner.query<{ text: string | null }>(`select obj_description('public.network'::regclass, 'pg_class') as text`);
  const text = rows[0]?.text;
  return text?.startsWith(PREFIX) ? JSON.parse(text.slice(PREFIX.length)) : null;
}

export async function writeMark(owner: Client, mark: Mark | null): Promise<void> {
  await owner.query(`comment on table public.network is ${mark ? owner.escapeLiteral(PREFIX + JSON.stringify(mark)) : 'null'}`);
}

/** Nobody has installed anything here. */
export async function isEmpty(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ found: boolean }>(
    'select exists (select from network) or exists (select from garden) or exists (select from auth."user") as found',
  );
  return !rows[0]?.found;
}

export type Verdict = 'load' | 'keep' | 'renew' | 'resume' | 'foreign';

/**
 * What to do with a database: load the demonstration where there is nothing, keep one of this week, renew an older one (its « today » is
 * gone), begin again one whose loading was cut, and never touch anything else.
 */
export function judge(mark: Mark | null, empty: boolean, today: Day, fresh: boolean): Verdict {
  if (mark?.state === 'loading') return 'resume';
  if (empty) return 'load';
  if (!mark) return 'foreign';
  const [then, now] = [weekOf(mark.today), weekOf(today)];
  return fresh || then.year !== now.year || then.week !== now.week ? 'renew' : 'keep';
}

/** Empties a database that is marked, sequences and waiting mails included. @throws when it is not. */
export async function wipe(owner: Client): Promise<void> {
  if (!(await readMark(owner))) throw new Error('This database is not the demonstration.');
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'auth') and tablename <> 'schema_migration' order by 1`,
  );
  const { rows: kept } = await owner.query<{ name: string }>(
    `select tgrelid::regclass::text as name from pg_trigger where tgname = 'append_only' order by 1`,
  );
  const guard = async (what: 'disable' | 'enable') => {
    for (const { name } of kept) await owner.query(`alter table ${name} ${what} trigger append_only`);
  };
  await owner.query('begin');
  try {
    // Nobody empties a ledger; an invented one goes with the rest of the demonstration.
    await guard('disable');
    await owner.query(`truncate ${rows.map((row) => row.name).join(', ')} restart identity cascade`);
    await guard('enable');
    const queue = await owner.query(`select to_regclass('graphile_worker._private_jobs') as name`);
    if (queue.rows[0].name) await owner.query('delete from graphile_worker._private_jobs');
    await writeMark(owner, null);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}
