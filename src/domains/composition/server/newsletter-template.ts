import { readSettings, withSettings } from '#domains/gardens/settings.ts';
import type { NewsletterTemplate } from '#domains/gardens/settings-published.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { blocksIn, type TemplateForm } from '../schema-newsletter.ts';

/** What the « feuille de chou » says every week, and in which order. One query. */
export function newsletterTemplate(actor: Actor): Promise<NewsletterTemplate> {
  requireRight(actor, 'composition:read');
  return readInGarden(actor, async (tx) => {
    const garden = await tx.selectFrom('garden').select('settings').where('id', '=', actor.gardenId).executeTakeFirstOrThrow();
    return readSettings(garden.settings).newsletter;
  });
}

/** Keeps it. Refused when somebody else has changed it since it was read; sent twice, it acts once. */
export function saveTemplate(actor: Actor, form: TemplateForm): Promise<Outcome<null>> {
  requireRight(actor, 'composition:change');
  const { base, title, intro, newsTitle, noticeTitle, notice, dates, footer } = form;
  const wanted: NewsletterTemplate = { title, intro, newsTitle, noticeTitle, notice, blocks: blocksIn(form), dates, footer };
  if (wanted.blocks.length === 0)
    return Promise.resolve(refuse('La feuille serait vide.', { place_contents: 'Gardez au moins une partie.' }));
  return inGarden(actor, async (tx) => {
    const stored = await tx
      .selectFrom('garden')
      .select(['settings', 'version'])
      .where('id', '=', actor.gardenId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const now = JSON.stringify(readSettings(stored.settings).newsletter);
    if (now === JSON.stringify(wanted)) return done(null);
    if (now !== base)
      return refuse('Quelqu’un d’autre a changé ce modèle entre-temps. Rechargez la page pour voir le sien, puis reprenez le vôtre.');
    await tx
      .updateTable('garden')
      .set({ settings: JSON.stringify(withSettings(stored.settings, { newsletter: wanted })), version: stored.version + 1 })
      .where('id', '=', actor.gardenId)
      .execute();
    return done(null);
  });
}
