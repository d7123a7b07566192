import { databasePool } from '../src/platform/db/index.ts';

/** What belongs to the transaction itself, not to the page: its beginning, its garden, its end. */
const control = /^\s*(begin|start transaction|commit|rollback|savepoint|release|select set_config)/i;

/**
 * The queries that some work sends to the database, transaction control left out. Listens to every connection of the pool.
 * @returns the work's result and the texts of its queries, in order.
 */
export async function countingQueries<T>(work: () => Promise<T>): Promise<{ result: T; queries: string[] }> {
  const pool = databasePool();
  const queries: string[] = [];
  const connect = pool.connect.bind(pool);
  const seen: { client: { query: unknown }; query: unknown }[] = [];
  pool.connect = (async () => {
    const client = await connect();
    // A connection that is lent again is listened to already.
    if (seen.some((one) => one.client === client)) return client;
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    seen.push({ client, query: client.query });
    client.query = ((...given: unknown[]) => {
      const text = typeof given[0] === 'string' ? given[0] : ((given[0] as { text?: string } | undefined)?.text ?? '');
      if (!control.test(text)) queries.push(text);
      return query(...given);
    }) as typeof client.query;
    return client;
  }) as typeof pool.connect;
  try {
    return { result: await work(), queries };
  } finally {
    pool.connect = connect;
    for (const { client, query } of seen.reverse()) client.query = query;
  }
}
