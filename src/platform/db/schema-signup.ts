import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Json, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Sign-ups by visitors (0023). */
export type SignupSchema = {
  place_hold: Tenant & {
    plan_id: number;
    slot_id: number;
    frequency: string;
    quantity: number;
    basket_count: number | null;
    starts_on: Day;
    ends_on: Day;
  };
  signup: Tenant &
    Versioned & {
      token: Buffer;
      state: Generated<'draft' | 'sent' | 'accepted' | 'waiting' | 'refused'>;
      answers: Json<Record<string, Record<string, string>>>;
      consent: Json<Record<string, unknown>>;
      shown: Json<unknown> | null;
      why: Generated<'' | 'garden' | 'known' | 'full'>;
      user_id: string | null;
      customer_id: number | null;
      subscription_id: number | null;
      waiting_entry_id: number | null;
      hold_id: number | null;
      reason: Generated<string>;
      created_at: Stamp;
      touched_at: Stamp;
      sent_at: Date | null;
      handled_at: Date | null;
      handled_by: string | null;
      email: ColumnType<string, never, never>;
    };
};
