import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

const formats: Record<string, string> = {
  email: 'Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr',
  url: 'Cette adresse n’est pas complète. Exemple : https://exemple.fr',
  date: 'Cette date n’existe pas. Exemple : 22/10/2025',
  time: 'Cette heure n’existe pas. Exemple : 17:30',
};

const number = new Intl.NumberFormat('fr-FR');

/** A check's finding in plain French, for the person who fills the form; a schema's own message comes before it. */
export function sayIssue(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return missing(issue.input)
        ? 'À remplir.'
        : issue.expected === 'number' || issue.expected === 'int'
          ? 'Écrivez un nombre.'
          : 'Cette réponse n’est pas lisible.';
    case 'too_small':
      if (issue.origin === 'string')
        return missing(issue.input) ? 'À remplir.' : `Au moins ${number.format(Number(issue.minimum))} caractères.`;
      if (issue.origin === 'array') return 'Choisissez au moins une réponse.';
      return `Pas moins de ${number.format(Number(issue.minimum))}${issue.inclusive === false ? ' exclus' : ''}.`;
    case 'too_big':
      if (issue.origin === 'string') return `Pas plus de ${number.format(Number(issue.maximum))} caractères.`;
      return `Pas plus de ${number.format(Number(issue.maximum))}${issue.inclusive === false ? ' exclus' : ''}.`;
    case 'invalid_format':
      return missing(issue.input) ? 'À remplir.' : (formats[issue.format] ?? 'Ce n’est pas écrit comme attendu.');
    case 'invalid_value':
      return 'Choisissez une des réponses proposées.';
    default:
      return undefined;
  }
}

const missing = (input: unknown) => input === undefined || input === null || (typeof input === 'string' && input.trim() === '');
