import { databaseAnswers } from '#platform/health.ts';
import { version } from '../../../package.json';

/** For a supervisor: 200 when the database answers, 503 otherwise. */
export const GET = async () =>
  (await databaseAnswers())
    ? Response.json({ status: 'ok', version })
    : Response.json({ status: 'database unreachable', version }, { status: 503 });
