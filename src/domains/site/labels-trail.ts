import { shortDay } from '#kernel/day.ts';
import type { TableLabels } from '#platform/audit/say.ts';
import { photoLabels, textLabels } from './labels.ts';
import type { PhotoPlace } from './rules/photos.ts';
import type { TextKey } from './rules/texts.ts';

const yes = (value: unknown) => (value ? 'oui' : 'non');
const place = { label: 'Place', say: (value: unknown) => photoLabels[value as PhotoPlace]?.label ?? String(value) };

/** How the trail of public pages is told. What visitors wrote leaves no words in it. */
export const siteTrail: Record<string, TableLabels> = {
  site: {
    name: 'Site public',
    right: 'site:read',
    columns: {
      published_at: { label: 'En ligne', say: yes, empty: 'non' },
      facebook: { label: 'Page Facebook' },
      instagram: { label: 'Page Instagram' },
    },
  },
  site_text: {
    name: 'Texte du site',
    right: 'site:read',
    columns: { key: { label: 'Texte', say: (value) => textLabels[value as TextKey]?.label ?? String(value) }, body: { label: 'Contenu' } },
  },
  article: {
    name: 'Article',
    right: 'site:read',
    columns: {
      title: { label: 'Titre' },
      summary: { label: 'En une phrase' },
      body: { label: 'Article' },
      published_on: { label: 'Date', say: (value) => shortDay(String(value)) },
      published: { label: 'Montré', say: yes },
      archived_at: { label: 'Mis de côté', say: yes, empty: 'non' },
    },
  },
  site_photo: { name: 'Photo du site', right: 'site:read', columns: { place, alt: { label: 'Ce qu’on y voit' } } },
  contact_message: {
    name: 'Message d’un visiteur',
    right: 'site:read',
    columns: { handled_at: { label: 'Traité', say: yes, empty: 'non' } },
  },
};
