import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** The ledger (0013). Amounts in signed cents: a debit is above zero. Entries, lines and closings are added, never changed. */
export type LedgerSchema = {
  account: Tenant & Versioned & Archivable & { number: string; name: string };
  activity: Tenant & Versioned & Archivable & { code: string; name: string; position: Generated<number> };
  journal: Tenant & Versioned & { code: string; name: string };
  closing: Tenant & { until_on: Day; kind: 'month' | 'year'; user_id: string | null; created_at: Stamp };
  entry: Tenant & {
    journal_id: number;
    number: number;
    day: Day;
    label: string;
    document: string;
    document_day: Day;
    reverses: number | null;
    source: string | null;
    batch_id: number | null;
    user_id: string | null;
    posted_at: Stamp;
    hash: Buffer;
  };
  entry_line: Tenant & {
    entry_id: number;
    position: number;
    account_id: number;
    amount_cents: number;
    customer_id: number | null;
    activity_id: number | null;
    label: Generated<string>;
  };
};
