import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Json, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Payments, the bank, reminders and what the accountant gets (0015–0018). Amounts in cents. */
export type MoneySchema = {
  bank_account: Tenant &
    Versioned &
    Archivable & {
      name: string;
      holder: Generated<string>;
      iban: string;
      bic: Generated<string>;
      creditor_identifier: Generated<string>;
      account: Generated<string>;
    };
  payment_method: Tenant &
    Versioned &
    Archivable & {
      kind: 'direct_debit' | 'cheque' | 'card' | 'cash' | 'transfer' | 'meal_voucher' | 'local_currency' | 'other';
      name: string;
      account: string;
      remitted: Generated<boolean>;
      position: Generated<number>;
    };
  remittance: Tenant &
    Versioned & {
      method_id: number;
      bank_account_id: number | null;
      number: number;
      day: Day;
      total_cents: number;
      payments: number;
      state: Generated<'made' | 'deposited' | 'undone'>;
      deposited_on: Day | null;
      entry_id: number | null;
      created_by: string | null;
      created_at: Stamp;
      undone_at: Date | null;
    };
  taking: Tenant &
    Versioned & {
      day: Day;
      place: string;
      activity_id: number | null;
      lines: Json<{ label: string; account: string; vatBasisPoints: number; grossCents: number }[]>;
      total_cents: number;
      entry_id: number | null;
      key: string;
      note: Generated<string>;
      created_by: string | null;
      created_at: Stamp;
      reversed_at: Date | null;
    };
  payment: Tenant &
    Versioned & {
      customer_id: number | null;
      taking_id: number | null;
      method_id: number;
      direction: Generated<'in' | 'out'>;
      amount_cents: number;
      day: Day;
      state: 'expected' | 'scheduled' | 'paid' | 'rejected' | 'uncertain' | 'cancelled';
      reference: Generated<string>;
      bank: Generated<string>;
      document_id: number | null;
      note: Generated<string>;
      remittance_id: number | null;
      entry_id: number | null;
      reversal_id: number | null;
      rejected_on: Day | null;
      reason: Generated<string>;
      source: string | null;
      created_by: string | null;
      created_at: Stamp;
    };
  mandate: Tenant &
    Versioned & {
      customer_id: number;
      reference: string;
      iban: string;
      bic: Generated<string>;
      signed_on: Day;
      ended_on: Day | null;
      scheme: Generated<'CORE' | 'B2B'>;
      once: Generated<boolean>;
      evidence: Generated<'' | 'paper' | 'online'>;
      evidence_note: Generated<string>;
      end_reason: Generated<string>;
      created_at: Stamp;
    };
  mandate_proof: Tenant & {
    mandate_id: number;
    content: Buffer;
    content_type: 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp' | 'text/plain';
    created_at: Stamp;
  };
  mandate_change: Tenant & {
    mandate_id: number;
    day: Day;
    former_iban: Generated<string>;
    former_bic: Generated<string>;
    former_reference: Generated<string>;
    former_creditor: Generated<string>;
    same_bank: Generated<boolean>;
    told_by: number | null;
    created_at: Stamp;
  };
  debit_batch: Tenant &
    Versioned & {
      bank_account_id: number;
      name: string;
      due_on: Day;
      state: Generated<'draft' | 'sent' | 'confirmed' | 'undone'>;
      message_id: string | null;
      file: string | null;
      file_at: Date | null;
      notified_at: Date | null;
      confirmed_on: Day | null;
      key: string | null;
      created_by: string | null;
      created_at: Stamp;
      undone_at: Date | null;
    };
  debit_line: Tenant &
    Versioned & {
      batch_id: number;
      customer_id: number;
      mandate_id: number;
      payment_id: number | null;
      amount_cents: number;
      end_to_end: string;
      sequence: 'FRST' | 'RCUR' | 'FNAL' | 'OOFF';
      remittance: Generated<string>;
      state: Generated<'pending' | 'confirmed' | 'rejected' | 'removed'>;
      reason_code: Generated<string>;
      notified_at: Date | null;
    };
  transfer_batch: Tenant &
    Versioned & {
      bank_account_id: number;
      name: string;
      execute_on: Day;
      state: Generated<'draft' | 'sent' | 'confirmed' | 'undone'>;
      message_id: string | null;
      file: string | null;
      confirmed_on: Day | null;
      key: string | null;
      created_by: string | null;
      created_at: Stamp;
      undone_at: Date | null;
    };
  transfer_line: Tenant & {
    batch_id: number;
    payment_id: number;
    name: string;
    iban: string;
    bic: Generated<string>;
    amount_cents: number;
    end_to_end: string;
  };
  bank_file: Tenant & {
    bank_account_id: number | null;
    name: string;
    format: 'camt.053' | 'camt.054' | 'csv';
    content: Buffer;
    digest: Buffer;
    lines: Generated<number>;
    created_by: string | null;
    created_at: Stamp;
  };
  bank_line: Tenant &
    Versioned & {
      file_id: number;
      bank_account_id: number | null;
      key: string;
      entry_key: Generated<string>;
      entry_cents: Generated<number>;
      transactions: Generated<number>;
      day: Day;
      value_day: Day | null;
      amount_cents: number;
      label: Generated<string>;
      counterparty: Generated<string>;
      counterparty_iban: Generated<string>;
      end_to_end: Generated<string>;
      mandate_reference: Generated<string>;
      message_id: Generated<string>;
      return_reason: Generated<string>;
      state: Generated<'open' | 'matched' | 'ignored'>;
      payment_id: number | null;
      debit_batch_id: number | null;
      debit_line_id: number | null;
      remittance_id: number | null;
      transfer_batch_id: number | null;
      entry_id: number | null;
      same_as: number | null;
      act: Generated<'' | 'linked' | 'recorded' | 'paid' | 'confirmed' | 'rejected' | 'deposited' | 'posted'>;
      note: Generated<string>;
    };
  reminder_step: Tenant &
    Versioned &
    Archivable & {
      position: number;
      name: string;
      days_late: number;
      way: Generated<'mail' | 'letter' | 'call'>;
      subject: Generated<string>;
      body: Generated<string>;
    };
  reminder: Tenant & {
    customer_id: number;
    step_id: number;
    day: Day;
    since: Day;
    amount_cents: number;
    way: 'mail' | 'letter' | 'call';
    address: Generated<string>;
    subject: Generated<string>;
    body: Generated<string>;
    note: Generated<string>;
    batch_id: number | null;
    created_by: string | null;
    created_at: Stamp;
    withdrawn_at: Date | null;
  };
  payment_followup: Tenant &
    Versioned & {
      payment_id: number;
      decision: 'again' | 'otherwise' | 'wait' | 'closed';
      until_on: Day | null;
      note: Generated<string>;
      created_at: Stamp;
    };
  fiscal_year: Tenant &
    Versioned & {
      starts_on: Day;
      ends_on: Day;
      closed_at: Date | null;
    };
  ledger_export: Tenant &
    Versioned & {
      name: string;
      journals: Generated<string[]>;
      from_on: Day;
      until_on: Day;
      entries: Generated<number>;
      created_by: string | null;
      created_at: Stamp;
      cancelled_at: Date | null;
    };
  ledger_export_entry: Tenant & {
    export_id: number;
    entry_id: number;
  };
  till_closing: Tenant & {
    kind: 'day' | 'month' | 'year';
    from_on: Day;
    until_on: Day;
    totals: Json<Record<string, unknown>>;
    total_cents: number;
    perpetual_cents: number;
    payments: number;
    hash: Buffer;
    user_id: string | null;
    created_at: Stamp;
  };
  till_archive: Tenant & {
    from_on: Day;
    until_on: Day;
    payments: number;
    digest: Buffer;
    public_key: Buffer;
    user_id: string | null;
    created_at: Stamp;
  };
};
