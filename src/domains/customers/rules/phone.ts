/** « 0612345678 », « 06.12.34.56.78 » → « 06 12 34 56 78 ». Anything but a French number of ten digits stays as it was typed. */
export function groupPhone(typed: string): string {
  const digits = typed.replace(/[\s.\-/\u00a0\u202f]/g, '');
  return /^0\d{9}$/.test(digits) ? digits.replace(/(\d\d)(?=\d)/g, '$1 ') : typed.trim();
}

/** What follows « tel: »: the first number when several were written, without what is only there for the eye. Null when there is none. */
export function phoneLink(phone: string): string | null {
  const first = /\+?\d[\d\s.\-\u00a0\u202f]{4,}\d/.exec(phone)?.[0].replace(/[^\d+]/g, '');
  if (!first) return null;
  // « 06 12 34 56 78 / 07 … » without a sign in between would make one endless number: a French one stops at ten digits.
  return first.startsWith('0') ? first.slice(0, 10) : first;
}
