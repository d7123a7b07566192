import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Tables of workshops (0042, 0047). */
export type WorkshopsSchema = {
  workshop: Tenant &
    Versioned & {
      title: string;
      kind: 'cooking' | 'preserving' | 'gardening' | 'nutrition' | 'other';
      description: Generated<string>;
      day: Day;
      from_time: string;
      until_time: string;
      place: string;
      address: Generated<string>;
      seats: number;
      enrol_until: Day;
      fee_cents: Generated<number>;
      cost_cents: Generated<number>;
      funder: Generated<string>;
      fee_billed: Generated<'on_spot' | 'enrolled' | 'attended'>;
      fee_vat_basis_points: Generated<number>;
      funder_id: number | null;
      claim_id: number | null;
      published: Generated<boolean>;
      cancelled_at: Date | null;
      cancel_reason: Generated<string>;
      token: string;
      created_at: Stamp;
    };
  workshop_enrolment: Tenant &
    Versioned & {
      workshop_id: number;
      customer_id: number | null;
      name: Generated<string>;
      phone: Generated<string>;
      seats: number;
      state: 'enrolled' | 'waiting' | 'withdrawn';
      came: number | null;
      photos_agreed: boolean | null;
      withdrawn_on: Day | null;
      token: string;
      created_at: Stamp;
    };
  workshop_photo: Tenant & { workshop_id: number; alt: Generated<string>; width: number; height: number; created_at: Stamp };
  workshop_photo_person: Tenant & { photo_id: number; enrolment_id: number };
  workshop_photo_file: Tenant & { photo_id: number; width: number; content: Buffer };
};
