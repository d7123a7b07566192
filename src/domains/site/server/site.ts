import { sql } from 'kysely';
import { findGarden, type GardenSettings, readSettings } from '#domains/gardens/index.server.ts';
import { visitorOf } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { type SitePhoto, sitePhotos } from '../rules/photos.ts';
import { type Texts, textsOf } from '../rules/texts.ts';

/** A garden as its public pages know it: nothing here is private. */
export type Site = {
  gardenId: number;
  slug: string;
  name: string;
  accent: string | null;
  /** Under which its pages answer besides their path, without protocol; null when it has none of its own. */
  host: string | null;
  address: string;
  postcode: string;
  city: string;
  phone: string;
  email: string;
  settings: GardenSettings;
  /** False: only people who work there see its pages. */
  published: boolean;
  facebook: string;
  instagram: string;
  texts: Texts;
  /** Which of the texts are the garden's own. */
  written: string[];
  photos: SitePhoto[];
  /** Whether there is something to read under « Actualités » and « Recettes ». */
  news: boolean;
  recipes: boolean;
  /** Whether one may give to something. */
  campaigns: boolean;
  /** Whether workshops were ever announced. */
  workshops: boolean;
};

type Told = Pick<Site, 'published' | 'facebook' | 'instagram' | 'photos' | 'news' | 'recipes' | 'workshops' | 'campaigns'> & {
  texts: Record<string, string>;
};

/** What the garden of the transaction says of itself. One query. */
export async function loadTold(tx: Tx): Promise<Told> {
  const { rows } = await sql<Told>`
    select coalesce((select published_at is not null from site), false) as published,
      coalesce((select facebook from site), '') as facebook, coalesce((select instagram from site), '') as instagram,
      exists (select from article where published and archived_at is null) or exists (select from newsletter where news <> '') as news,
      exists (select from recipe where archived_at is null) as recipes, exists (select from workshop where published) as workshops,
      exists (select from campaign where published and archived_at is null) as campaigns,
      coalesce((select jsonb_object_agg(key, body) from site_text), '{}') as texts,
      coalesce((select jsonb_agg(p order by p.position, p.id) from (
        select s.id, s.place, s.product_id as "productId", s.alt, s.width, s.height, s.position,
          array(select f.width from site_photo_file f where f.garden_id = s.garden_id and f.photo_id = s.id order by f.width) as sizes
        from site_photo s where s.place <> 'article') p), '[]') as photos`.execute(tx);
  return rows[0]!;
}

/**
 * The garden of an address of its public pages, with what these say everywhere; null when there is no such garden in use. Two queries. It is not said here
 * whether the visitor may see it: see `published`.
 */
export async function siteOf(slug: string): Promise<Site | null> {
  const garden = await findGarden(slug);
  if (!garden || garden.archived_at) return null;
  const { texts, photos, ...told } = await readInGarden(visitorOf(garden.id), loadTold);
  const { id, name, accent, host, address, postcode, city, phone, email } = garden;
  return {
    ...{ gardenId: id, slug, name, accent, host, address, postcode, city, phone, email, settings: readSettings(garden.settings) },
    ...told,
    texts: textsOf(garden, texts),
    written: Object.keys(texts),
    photos: sitePhotos(photos),
  };
}
