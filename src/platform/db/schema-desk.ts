import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Notes of the desk (0027). */
export type DeskSchema = {
  post_it: Tenant &
    Versioned & {
      text: string;
      due_on: Day | null;
      shared: Generated<boolean>;
      author_id: string;
      key: string;
      created_at: Stamp;
      done_at: Date | null;
      done_by: string | null;
    };
};
