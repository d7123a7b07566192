import type { ColumnType, Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Columns of 0039_referrals.sql. */
export type ReferralSchema = {
  prescriber: Tenant & Versioned & Archivable & { name: string; kind: string; city: Generated<string> };
  prescriber_person: Tenant & Versioned & Archivable & { prescriber_id: number; name: string; email: string; phone: Generated<string> };
  referral: Tenant &
    Versioned & {
      key: string;
      prescriber_id: number | null;
      person_id: number | null;
      state: Generated<'sent' | 'waiting' | 'accepted' | 'refused' | 'withdrawn'>;
      last_name: Generated<string>;
      first_name: Generated<string>;
      phone: Generated<string>;
      email: Generated<string>;
      place: Generated<string>;
      household: number | null;
      affiliation: Generated<'' | 'caf' | 'msa'>;
      reference: Generated<string>;
      months: number;
      proof: string;
      proof_seen_on: Day;
      informed_on: Day;
      received_on: Day;
      customer_id: number | null;
      path_id: number | null;
      renews_path_id: number | null;
      reason: Generated<string>;
      out_of_turn: Generated<string>;
      created_by: string | null;
      created_at: Stamp;
      handled_by: string | null;
      handled_at: Date | null;
      erased_on: ColumnType<Day | null, Day | null | undefined, Day | null>;
    };
  path_notice: Tenant & {
    path_id: number;
    addressee: 'person' | 'prescriber';
    reached: boolean;
    told_by: string | null;
    day: Day;
    created_at: Stamp;
  };
};
