export const counts = [3, 6, 12] as const;

/** How many months are asked (`?mois=12`). */
export const countOf = (params: URLSearchParams): number => counts.find((one) => String(one) === params.get('mois')) ?? 3;

const format = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** « novembre 2025 » */
export const sayMonth = (day: string): string => format.format(new Date(`${day}T00:00:00Z`));
