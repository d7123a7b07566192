/** What follows « C’est fait » : how many were written to; '' when nobody was. */
export function sayWritten(done: { told: { written: number } } | null): string {
  const written = done?.told.written ?? 0;
  return written === 0
    ? ''
    : written === 1
      ? ' Un message part à la personne concernée.'
      : ` Un message part à ${written.toLocaleString('fr-FR')} personnes.`;
}
