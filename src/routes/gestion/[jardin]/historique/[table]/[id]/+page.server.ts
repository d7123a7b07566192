import { error } from '@sveltejs/kit';
import { sayName } from '#domains/customers/labels.ts';
import { planHistory } from '#domains/plans/index.server.ts';
import { produceHistory } from '#domains/produce/index.server.ts';
import { customerRecord, subscriptionReferences } from '#domains/subscriptions/index.server.ts';
import { enter } from '#edge/enter.ts';
import { idIn } from '#edge/id.ts';
import { recordHistory } from '#platform/audit/read.ts';
import { trails } from '../../tables.ts';

const most = 1000;

export const load = async (event) => {
  const { table } = event.params;
  const labels = trails[table];
  const { actor, garden, today } = enter(event, labels?.right);
  const id = idIn(event.params.id);
  if (!labels) error(404, { message: 'Cette page n’existe pas.' });
  if (table === 'customer') {
    // The history of a customer is that of all that belongs to her.
    const record = await customerRecord(actor, id, today, most);
    if (!record) error(404, { message: 'Ce client n’existe pas dans votre jardin.' });
    const name = sayName(record.customer);
    return { name, back: [{ href: `/gestion/${garden.slug}/clients/${id}`, label: name }], entries: record.history };
  }
  if (table === 'plan') {
    // That of a plan is also that of its prices.
    const found = await planHistory(actor, id, most);
    if (!found) error(404, { message: 'Cette formule n’existe pas.' });
    const formules = `/gestion/${garden.slug}/formules`;
    const back = [
      { href: formules, label: 'Formules' },
      { href: `${formules}/${id}`, label: found.name },
    ];
    return { ...found, back };
  }
  if (table === 'produce') {
    // That of a produce is also that of its prices and its photo.
    const found = await produceHistory(actor, id, most);
    if (!found) error(404, { message: 'Ce produit n’existe pas.' });
    const produits = `/gestion/${garden.slug}/produits`;
    const back = [
      { href: produits, label: 'Mercuriale' },
      { href: `${produits}/${id}`, label: found.name },
    ];
    return { ...found, back };
  }
  const entries = await recordHistory(actor, table, id, { labels, references: subscriptionReferences, limit: most });
  if (entries.length === 0) error(404, { message: 'Aucun changement n’est gardé pour cette page.' });
  return { name: labels.name, back: [], entries };
};
