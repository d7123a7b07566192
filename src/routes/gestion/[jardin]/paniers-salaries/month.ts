import { type Month, monthOf } from '#domains/employees/rules/deduct.ts';
import type { Day } from '#kernel/day.ts';

/** The month that an address asks for (`?mois=2026-11`), or that of today. */
export function monthAsked(url: URL, today: Day): Month {
  const asked = url.searchParams.get('mois') ?? '';
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked) ? `${asked}-01` : monthOf(today);
}
