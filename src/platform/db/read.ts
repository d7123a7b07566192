import { DefaultQueryExecutor, DummyDriver, Kysely, PostgresAdapter, PostgresDialect, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';
import { databasePool, type Tx } from './index.ts';
import type { Schema } from './schema.ts';

/** For which garden and for whom a query works: `app.garden` and `app.user`. */
export type Scope = { garden: string; user: string };

const SETTLE = 'cocagne_settle';
const settle = `select set_config('app.garden', $1, true), set_config('app.user', $2, true), set_config('transaction_read_only', 'on', true)`;

/** What serves here of pg's connection and of its query: what pg-cursor is made with too, absent from its types. */
type Wire = {
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: unknown[] }): void;
  execute(portal: object): void;
};
type WireQuery = pg.Submittable & {
  text: string;
  name?: string;
  prepare(wire: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
};
type Asked = {
  text: string;
  values: unknown[];
  queryMode: 'extended';
  callback: (error: Error | null, answer: pg.QueryResult) => void;
};
const Query = pg.Query as unknown as new (asked: Asked) => WireQuery;

// Planning is half of what a page costs PostgreSQL; the plan of a named statement is kept when one serves whatever the values. Plans stay in
// the memory of each connection (half a megabyte for a list), and a list has as many texts as ways to be asked: those asked often are named.
const OFTEN = 5;
const MOST_NAMES = 40;
const MOST_COUNTED = 500;
const names = new Map<string, string>();
const times = new Map<string, number>();

function nameOf(text: string): string | undefined {
  const name = names.get(text);
  if (name || names.size >= MOST_NAMES) return name;
  if (times.size >= MOST_COUNTED) times.clear();
  times.set(text, (times.get(text) ?? 0) + 1);
  if (times.get(text)! >= OFTEN) names.set(text, `cocagne_read_${names.size}`);
  return names.get(text);
}

/** Connections on which the settling statement is known by its name. */
const knowing = new WeakSet<Wire>();

/**
 * A query sent in one go with its scope: PostgreSQL makes one transaction of all that comes before « sync », skips what follows a failure, and
 * ends it there. So the query never runs without its scope, nothing of the scope outlives it, and there is neither beginning nor end to wait
 * for. Were pg to change under this, the query would go alone, in no garden, and find nothing.
 */
class ScopedRead extends Query {
  readonly #scope: Scope;
  #settled = false;

  constructor(scope: Scope, asked: Asked) {
    super(asked);
    this.#scope = scope;
  }

  override prepare(wire: Wire): void {
    // pg takes the first statement parsed for the one that the query names: on a new connection, that is the settling one.
    if (knowing.has(wire)) this.name = nameOf(this.text);
    else wire.parse({ name: SETTLE, text: settle });
    wire.bind({ statement: SETTLE, values: [this.#scope.garden, this.#scope.user] });
    wire.execute({});
    super.prepare(wire);
  }

  override handleDataRow(message: unknown): void {
    if (this.#settled) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#settled) super.handleCommandComplete(message, wire);
    this.#settled = true;
    knowing.add(wire);
  }
}

async function send(scope: Scope, text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
  const client = await databasePool().connect();
  try {
    const answer = await new Promise<pg.QueryResult>((resolve, reject) => {
      const callback: Asked['callback'] = (error, answered) => (error ? reject(error) : resolve(answered));
      client.query(new ScopedRead(scope, { text, values: [...parameters], queryMode: 'extended', callback }));
    });
    client.release();
    return answer;
  } catch (error) {
    // A read that fails is a bug or a lost connection: a new one costs little, and starts from nothing.
    client.release(true);
    // Thrown from where the query was asked, not from the socket that brought the answer.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

const dialect = new PostgresDialect({ pool: async () => databasePool() });
const driver = new DummyDriver();
const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();

/** Kysely whose every query is a scoped read, on whatever connection is free. It holds nothing and has not to be closed. */
export function reader(scope: Scope): Tx {
  const connection = {
    executeQuery: async <Row>(query: { sql: string; parameters: readonly unknown[] }) => ({
      rows: (await send(scope, query.sql, query.parameters)).rows as Row[],
    }),
    streamQuery: () => {
      throw new Error('What is read for a page is read at once.');
    },
  };
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (use) => use(connection) });
  return new Kysely<Schema>({ config: { dialect }, dialect, driver, executor }) as Tx;
}
