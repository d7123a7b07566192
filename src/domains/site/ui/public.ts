import type { imageOf } from '../rules/photos.ts';

/** What the frame of a garden's public pages shows (`PublicShell`); the layout of `/jardins/[site]` gives it to its pages as `data.site`. */
export type ShellSite = {
  slug: string;
  name: string;
  accent: string | null;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  facebook: string;
  instagram: string;
  /** Whether there is something to read there. */
  news: boolean;
  recipes: boolean;
  workshops: boolean;
  campaigns: boolean;
  /** What goes before the path of every link to the garden's pages; '' on its own host. */
  base: string;
  /** What goes before the path of links to the platform (`/mon-compte`, `/jardins`); '' unless on the garden's own host. */
  platform: string;
  /** Only the team sees these pages yet. */
  preview: boolean;
  /** Markdown; '' when the garden has not said. */
  opening: string;
  tagline: string;
  logo: ReturnType<typeof imageOf> | null;
};

export type PublicLink = { path: string; label: string };

/** The pages of a garden, in the order of a visit; those without anything to read are left out. */
export const publicNav = ({
  news,
  recipes,
  workshops,
  campaigns,
}: Pick<ShellSite, 'news' | 'recipes' | 'workshops' | 'campaigns'>): PublicLink[] => [
  { path: '/paniers', label: 'Nos paniers' },
  { path: '/cette-semaine', label: 'Cette semaine' },
  { path: '/comment-ca-marche', label: 'Comment ça marche' },
  { path: '/depots', label: 'Points de dépôt' },
  ...(news ? [{ path: '/actualites', label: 'Actualités' }] : []),
  ...(recipes ? [{ path: '/recettes', label: 'Recettes' }] : []),
  ...(workshops ? [{ path: '/ateliers', label: 'Ateliers' }] : []),
  ...(campaigns ? [{ path: '/dons', label: 'Donner' }] : []),
  { path: '/contact', label: 'Contact' },
];

/** « 03 29 55 14 22 » as `tel:` wants it. */
export const telephone = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;
