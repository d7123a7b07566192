/** One line of a record's trail, ready to be read: labels and values in French, empty values as `null`. */
export type HistoryEntry = {
  /** Instant, ISO 8601 or Date. */
  at: string | Date;
  who: string;
  /** « Adresse modifiée », « Client créé ». */
  what: string;
  changes: readonly { label: string; before: string | null; after: string | null }[];
};

const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const hour = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: 'numeric', minute: '2-digit' });

/** « le mercredi 22 octobre 2025 à 14 h 05 », in France. */
export function sayMoment(at: string | Date): string {
  const moment = new Date(at);
  const date = day.format(moment).replace(/\b1 (?=\p{L})/u, '1er ');
  return `le ${date} à ${hour.format(moment).replace(':', ' h ')}`;
}
