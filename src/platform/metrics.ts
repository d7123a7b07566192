import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { databasePool } from './db/index.ts';

/** What `/metrics` tells: no name, no address, nothing of a garden. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

const durations = new Histogram({
  name: 'cocagne_request_seconds',
  help: 'Time to answer, by route and status class',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metrics],
});

new Gauge({
  name: 'cocagne_database_connections',
  help: 'Connections of the pool to PostgreSQL',
  labelNames: ['state'],
  registers: [metrics],
  collect() {
    const pool = databasePool();
    this.set({ state: 'open' }, pool.totalCount);
    this.set({ state: 'idle' }, pool.idleCount);
    this.set({ state: 'waiting' }, pool.waitingCount);
  },
});

/** `route` is the route's pattern (`/gestion/[jardin]/clients`), never the address asked for. */
export function countRequest(method: string, route: string | null, status: number, milliseconds: number): void {
  durations.observe({ method, route: route ?? 'none', status: `${Math.floor(status / 100)}xx` }, milliseconds / 1000);
}
