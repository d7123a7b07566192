import pino from 'pino';
import { config } from './config.ts';

/**
 * The application's log: one JSON object per line on the standard output. It never holds personal data: no names, addresses,
 * query strings or form values; identifiers and counts only.
 */
export const log = pino({
  level: config.logLevel(),
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describe },
});

/** An error without what PostgreSQL quotes of the rows (message and detail): its code, the constraint or table, and where it was thrown. */
export function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, code, severity, constraint, table } = error as Error & Record<string, unknown>;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause ? { cause: describe(error.cause) } : {};
  return { type: name, ...(severity ? { constraint, table } : { message }), code, stack: frames.slice(0, 12).join('\n'), ...cause };
}
