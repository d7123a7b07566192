import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Tables of baskets of employees (0043_employees.sql). */
export type EmployeesSchema = {
  pay_agreement: Tenant &
    Versioned & {
      customer_id: number;
      employee_number: Generated<string>;
      kind: 'real' | 'flat';
      flat_cents: Generated<number>;
      most_cents: number;
      signed_on: Day;
      evidence: string;
      rule: string;
      starts_on: Day;
      ends_on: Day | null;
      created_at: Stamp;
    };
  pay_list: Tenant & { month: Day; day: Day; closed_by: string | null; created_at: Stamp };
  pay_line: Tenant & { list_id: number; agreement_id: number; owed_cents: number; cents: number; payment_id: number };
};
