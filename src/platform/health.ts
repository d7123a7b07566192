import { databasePool } from '#platform/db/index.ts';

/** Whether the database answers. */
export const databaseAnswers = (): Promise<boolean> =>
  databasePool()
    .query('select 1')
    .then(
      () => true,
      () => false,
    );
