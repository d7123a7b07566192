import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Columns of 0024_account_baskets.sql. */
export type AccountBasketsSchema = {
  account_look: Tenant & { customer_id: number; user_id: string; day: Day; at: Stamp };
  exception_request: Tenant &
    Versioned & {
      customer_id: number;
      subscription_id: number;
      also: ColumnType<number[], string | undefined, string>;
      year: number;
      week: number;
      wish: ColumnType<unknown, string, string>;
      refusal: Generated<string>;
      note: Generated<string>;
      state: Generated<'open' | 'accepted' | 'refused' | 'withdrawn'>;
      answer: Generated<string>;
      asked_at: Stamp;
      handled_by: string | null;
      handled_at: Date | null;
    };
  volunteer_offer: Tenant &
    Versioned & {
      customer_id: number;
      tasks: string[];
      moments: string[];
      note: Generated<string>;
      offered_at: Stamp;
      withdrawn_at: Date | null;
    };
  calendar_feed: Tenant & Versioned & { customer_id: number; salt: Buffer; created_at: Stamp; revoked_at: Date | null };
};
