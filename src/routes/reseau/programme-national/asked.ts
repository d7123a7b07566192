/** The year that an address asks for: the one before today's quarter ends, unless it says otherwise. */
export function yearAsked(params: URLSearchParams, today: string): number {
  const typed = params.get('annee') ?? '';
  return /^20\d{2}$/.test(typed) ? Number(typed) : Number(today.slice(0, 4));
}
