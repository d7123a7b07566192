import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { firstTexts, type TextKey, textKeys, textsOf } from '../rules/texts.ts';

export type OwnText = {
  key: TextKey;
  body: string;
  /** 0: the text of the house. */
  version: number;
  /** The text of the house, to go back to. */
  first: string;
};

/** All the texts of a garden's pages, its own where it wrote some. One query. */
export function siteTexts(actor: Actor): Promise<OwnText[]> {
  requireRight(actor, 'site:read');
  return readInGarden(actor, async (tx) => {
    const { rows } = await sql<{ name: string; own: { key: string; body: string; version: number }[] }>`
      select g.name, coalesce((select jsonb_agg(jsonb_build_object('key', key, 'body', body, 'version', version)) from site_text), '[]') as own
      from garden g where g.id = ${actor.gardenId}`.execute(tx);
    const { name, own } = rows[0]!;
    const [said, first] = [textsOf({ name }, Object.fromEntries(own.map(({ key, body }) => [key, body]))), firstTexts({ name })];
    return textKeys.map((key) => ({ key, body: said[key], version: own.find((one) => one.key === key)?.version ?? 0, first: first[key] }));
  });
}

/**
 * Keeps the garden's own words. @param version the one that was read, 0 when the text was the house's. Sent twice, it acts once; refused when somebody else
 * wrote meanwhile.
 */
export function saveText(actor: Actor, key: TextKey, version: number, body: string): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    const written = await sql`
      insert into site_text as t (garden_id, key, body) select ${actor.gardenId}::integer, ${key}, ${body} where ${version} = 0
      on conflict (garden_id, key) do nothing returning id`.execute(tx);
    if (written.rows.length) return done(null);
    const changed = await sql`
      update site_text set body = ${body}, version = version + case when body = ${body} then 0 else 1 end
      where key = ${key} and (version = ${version} or body = ${body}) returning id`.execute(tx);
    if (changed.rows.length) return done(null);
    const { rows } = await sql<{ body: string }>`select body from site_text where key = ${key}`.execute(tx);
    return rows[0]
      ? refuse('Ce texte vient d’être modifié par quelqu’un d’autre. Votre saisie est gardée ci-dessous : comparez avant d’enregistrer.', {
          body: `Maintenant enregistré : « ${rows[0].body} »`,
        })
      : refuse(
          'Quelqu’un vient de remettre le texte de départ. Votre saisie est gardée ci-dessous : enregistrez de nouveau si vous la préférez.',
        );
  });
}

/** Goes back to the text of the house. The garden's stays in its history. */
export function restoreText(actor: Actor, key: TextKey): Promise<Outcome<null>> {
  requireRight(actor, 'site:change');
  return inGarden(actor, async (tx) => {
    await sql`delete from site_text where key = ${key}`.execute(tx);
    return done(null);
  });
}
