import autocannon from 'autocannon';

export type Crowd = { requests: number; errors: number; wrong: number; median: number; slowest: number };
type Ask = { origin: string; visitors: number; seconds: number; pages: { path: string; cookie?: string }[] };

/** Visitors of a renewal day, in a process of its own: so many at once, each asking for the next page when the last one came. */
process.once('message', async ({ origin, visitors, seconds, pages }: Ask) => {
  const { requests, errors, non2xx, latency } = await autocannon({
    url: origin.replace('localhost', '127.0.0.1'),
    connections: visitors,
    duration: seconds,
    timeout: 30,
    requests: pages.map(({ path, cookie }) => ({
      method: 'GET' as const,
      path,
      headers: { host: new URL(origin).host, accept: 'text/html', 'accept-encoding': 'gzip, br, zstd', ...(cookie && { cookie }) },
    })),
  });
  process.send?.({ requests: requests.total, errors, wrong: non2xx, median: latency.p50, slowest: latency.p99 } satisfies Crowd);
  process.disconnect();
});
