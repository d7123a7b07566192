export type ExportRow = Record<string, string | number | boolean | null>;
export type Section = { title: string; rows: ExportRow[] };

const counted = (rows: readonly unknown[]) => (rows.length === 1 ? '1 ligne' : `${rows.length} lignes`);

/** What stands beside the tables: what each holds, what there is none of, and what one may ask next. */
export function readMe(garden: string, sections: readonly Section[]): string {
  const some = sections.filter(({ rows }) => rows.length > 0);
  const none = sections.filter(({ rows }) => rows.length === 0);
  return [
    `Vos données chez ${garden}`,
    '',
    'Voici tout ce que le jardin garde à votre sujet. Chaque fichier CSV s’ouvre avec un tableur (LibreOffice, Excel…).',
    '',
    ...some.map(({ title, rows }) => `- ${title}.csv : ${counted(rows)}`),
    ...(none.length ? ['', `Rien à ce jour : ${none.map(({ title }) => title.toLowerCase()).join(', ')}.`] : []),
    '',
    'Les factures en PDF se téléchargent une à une dans « Mon compte », page « Factures ».',
    'Une erreur ? Corrigez vos coordonnées dans « Mon compte », ou écrivez au jardin. Vous pouvez aussi demander l’effacement de vos données.',
    '',
  ].join('\r\n');
}
