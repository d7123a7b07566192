import type { Generated } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Tables of a garden's public pages (0021_site.sql). */
export type SiteSchema = {
  site: Tenant & Versioned & { published_at: Date | null; facebook: Generated<string>; instagram: Generated<string> };
  site_text: Tenant & Versioned & { key: string; body: string };
  article: Tenant &
    Versioned &
    Archivable & {
      slug: string;
      title: string;
      summary: Generated<string>;
      body: Generated<string>;
      published_on: Day;
      published: Generated<boolean>;
      created_at: Stamp;
    };
  site_photo: Tenant &
    Versioned & {
      place: 'cover' | 'logo' | 'about' | 'social' | 'gallery' | 'basket' | 'article';
      product_id: number | null;
      article_id: number | null;
      alt: Generated<string>;
      width: number;
      height: number;
      position: Generated<number>;
      created_at: Stamp;
    };
  site_photo_file: Tenant & { photo_id: number; width: number; content: Buffer; content_type: string };
  contact_message: Tenant &
    Versioned & {
      name: string;
      email: string;
      phone: Generated<string>;
      subject: Generated<string>;
      body: string;
      token: string;
      handled_at: Date | null;
      handled_by: string | null;
      created_at: Stamp;
    };
};
