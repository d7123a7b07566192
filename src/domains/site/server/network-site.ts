import { type NetworkActor, networkName, requireNetwork } from '#domains/network/index.server.ts';
import { changedMeanwhile } from '#kernel/conflict.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import { database } from '#platform/db/index.ts';
import { type NetworkTexts, networkTextsOf, ownNetworkTexts } from '../rules/network-texts.ts';
import type { NetworkTextsForm } from '../schema-map.ts';

/** What the network's pages say, to everybody. `written`: which of the texts are its own. Two queries. */
export async function networkSite(): Promise<{ name: string; texts: NetworkTexts; written: string[]; version: number }> {
  const [name, row] = await Promise.all([
    networkName(),
    database().selectFrom('network_site').select(['texts', 'version']).where('id', '=', 1).executeTakeFirst(),
  ]);
  const own = row?.texts ?? {};
  return { name: name ?? 'Cocagne', texts: networkTextsOf(own), written: Object.keys(own), version: row?.version ?? 0 };
}

/** Keeps the texts of the network's pages. A text that is emptied, or is the one of the house, follows the house again. */
export async function saveNetworkSite(actor: NetworkActor, { version, ...typed }: NetworkTextsForm): Promise<Outcome<null>> {
  requireNetwork(actor);
  const texts = JSON.stringify(ownNetworkTexts(typed));
  const saved = await database()
    .insertInto('network_site')
    .values({ id: 1, texts })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ texts, version: version + 1, updated_at: new Date() })
        .where('network_site.version', '=', version),
    )
    .returning('version')
    .executeTakeFirst();
  // Version 0 has no row: what was typed over nothing, while somebody else made one, is a conflict too.
  if (saved && saved.version === version + 1) return done(null);
  const now = await networkSite();
  return changedMeanwhile('Cette page', now.texts, networkTextsOf(typed), (field) => now.texts[field]);
}
