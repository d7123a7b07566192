import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

export type FunderKind = 'national' | 'caf' | 'msa' | 'commune' | 'company' | 'other' | 'garden' | 'donations';
export type Treatment = 'price_complement' | 'subsidy';
export type Affiliation = '' | 'caf' | 'msa';

/** Solidarity baskets (0037, 0046, 0051). Amounts in cents. Payer lines, lines of costs, of claims, and readings are added, never changed. */
export type SolidaritySchema = {
  own_share: Tenant & {
    subscription_id: number;
    starts_on: Day;
    ends_on: Day | null;
    cents: number | null;
    basis_points: Generated<number>;
    goes_on: Generated<boolean>;
    /** Of the subscriptions it may go along with; null: all (0052). */
    plan_ids: number[] | null;
    source: string | null;
    created_at: Stamp;
  };
  funder: Tenant & Versioned & Archivable & { customer_id: number | null; kind: FunderKind; name: string; reference: Generated<string> };
  funder_treatment: Tenant & { funder_id: number; starts_on: Day; treatment: Treatment };
  programme: Tenant &
    Versioned &
    Archivable & {
      name: string;
      starts_on: Day;
      ends_on: Day | null;
      person_cents: number | null;
      person_basis_points: Generated<number>;
      term_months: Generated<number>;
      when_short: Generated<'stop' | 'next' | 'allow'>;
      warn_basis_points: Generated<number>;
      note: Generated<string>;
    };
  programme_plan: Tenant & { programme_id: number; plan_id: number };
  programme_share: Tenant & {
    programme_id: number;
    position: number;
    funder_id: number;
    kind: 'remainder' | 'amount' | 'percent';
    cents: number | null;
    basis_points: number | null;
    affiliation: Generated<Affiliation>;
    place: Generated<string>;
  };
  programme_envelope: Tenant &
    Versioned & {
      programme_id: number;
      funder_id: number;
      starts_on: Day;
      ends_on: Day | null;
      cents: number | null;
      baskets: number | null;
      note: Generated<string>;
      source: string | null;
      created_at: Stamp;
      withdrawn_at: Date | null;
    };
  path: Tenant &
    Versioned & {
      programme_id: number;
      customer_id: number;
      subscription_id: number | null;
      affiliation: Generated<Affiliation>;
      place: Generated<string>;
      household: number | null;
      reference: Generated<string>;
      starts_on: Day;
      ends_on: Day;
      at_end: Generated<'ends' | 'ordinary' | 'renewal'>;
      ended_at: Date | null;
      end_reason: Generated<string>;
      renewed_from: number | null;
      created_at: Stamp;
    };
  claim: Tenant &
    Versioned & {
      funder_id: number;
      kind: 'invoice' | 'call';
      number: string;
      day: Day;
      due_on: Day;
      from_on: Day;
      until_on: Day;
      cents: number;
      document_id: number | null;
      entry_id: number | null;
      key: string | null;
      sent_at: Date | null;
      contested_at: Date | null;
      contest_note: Generated<string>;
      created_at: Stamp;
    };
  payer_line: Tenant & {
    path_id: number;
    subscription_id: number;
    day: Day;
    unit: number;
    product_id: number;
    funder_id: number | null;
    envelope_id: number | null;
    quantity: 1 | -1;
    cents: number;
    treatment: Treatment | null;
    entry_id: number | null;
    decision_id: number | null;
    created_at: Stamp;
  };
  claim_line: Tenant & { claim_id: number; payer_line_id: number };
  asked_cost: Tenant & { source: string; title: string; held_on: Day; people: number | null; created_at: Stamp };
  cost_line: Tenant & {
    cost_id: number;
    funder_id: number;
    cents: number;
    entry_id: number;
    decision_id: number | null;
    created_at: Stamp;
  };
  claim_cost_line: Tenant & { claim_id: number; cost_line_id: number };
  claim_decision: Tenant & {
    claim_id: number;
    kind: 'moved' | 'maintained';
    funder_id: number | null;
    baskets: Generated<number>;
    costs: Generated<number>;
    cents: Generated<number>;
    reason: string;
    contested: Generated<string>;
    decided_by: string | null;
    day: Day;
    key: string;
    created_at: Stamp;
  };
  solidarity_reading: Tenant & { user_id: string; day: Day; what: string; record_id: Generated<number>; created_at: Stamp };
};
