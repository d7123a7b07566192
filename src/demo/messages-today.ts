import { customersToExport } from '#domains/customers/index.server.ts';
import {
  changePreferences,
  groupPage,
  noteReturned,
  notify,
  saveDraft,
  saveText,
  sendGroup,
  startGroup,
  textPage,
} from '#domains/messages/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';

const openDay = {
  subject: 'Samedi, le jardin vous ouvre ses portes',
  body: `Bonjour {{ prenom }},

**Samedi de 14 h à 17 h**, venez voir où poussent vos légumes : visite des serres, goûter à la courge, et les personnes en parcours vous montrent leur travail.

- Bottes conseillées s’il a plu
- Enfants bienvenus
- Garez-vous le long du chemin

À samedi !`,
  kind: 'news' as const,
  channel: 'mail' as const,
};
const cold = {
  subject: 'Paniers d’hiver : ce qui change',
  body: 'Bonjour {{ prenom }},\n\nAvec le froid, les retraits commencent une demi-heure plus tôt.',
  kind: 'service' as const,
  channel: 'mail' as const,
};

/** Letters of the garden: reminders asked for, an invitation that left to those of one town, another one half written, an address that no longer answers. */
export async function writeLetters(head: Actor, today: Day): Promise<void> {
  const reminder = await textPage(head, 'basket_reminder');
  expect(await saveText(head, 'basket_reminder', reminder.version, { ...reminder.values, byMail: true }));
  const confirmed = await textPage(head, 'change_confirmed');
  const body = confirmed.values.body.replace('À bientôt !', 'Bonne semaine, et bon appétit !');
  expect(await saveText(head, 'change_confirmed', confirmed.version, { ...confirmed.values, body }));
  const asked = { search: '', sort: 'nom', direction: 'asc' as const, page: 1, perPage: 50, filters: {} };
  const everyone = await customersToExport(head, today, asked);
  const towns = Map.groupBy(
    everyone.filter(({ email }) => email !== ''),
    ({ city }) => city,
  );
  // A town of some size: a list to look at, without filling the mailbox of the demonstration.
  const bySize = [...towns].toSorted(([a, some], [b, more]) => some.length - more.length || (a < b ? -1 : 1));
  const [town = '', neighbours = []] = bySize.find(([, people]) => people.length >= 6) ?? bySize.at(-1) ?? [];
  const refusing = neighbours.at(-1);
  if (refusing) expect(await changePreferences(head, refusing.id, { news: false }, 'garden'));
  await write(head, today, { ...asked, search: town }, `« ${town} »`, openDay, true);
  await write(head, today, { ...asked, filters: { abonnement: 'avec' } }, 'Abonnement : Avec abonnement', cold, false);
  await losesOne(head, everyone.find(({ email, city }) => email !== '' && city !== town)?.id);
}

async function write(
  head: Actor,
  today: Day,
  asked: Parameters<typeof startGroup>[2],
  foundBy: string,
  values: typeof openDay | typeof cold,
  send: boolean,
) {
  const id = expect(await startGroup(head, today, asked, foundBy)).id;
  expect(await saveDraft(head, id, { values, version: 1, removed: [], dropFiles: [], file: null }));
  if (!send) return;
  const group = (await groupPage(head, id))!;
  const count = group.recipients.filter(({ removed, unsent }) => !removed && unsent === '').length;
  expect(await sendGroup(head, id, { count, version: group.version }));
}

/** A letter that left and came back: its address is set aside. */
async function losesOne(head: Actor, customerId: number | undefined): Promise<void> {
  if (customerId === undefined) return;
  const id = await inGarden(head, async (tx) => {
    const variables = { changement: 'Votre prochain panier vous attend au dépôt habituel.', suite: [] };
    await notify(tx, head.gardenId, [{ event: 'change_confirmed', customerId, variables }]);
    const { id: message } = await tx
      .selectFrom('message')
      .select('id')
      .where('customer_id', '=', customerId)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await tx.updateTable('message').set({ state: 'sent', sent_at: new Date() }).where('id', '=', message).execute();
    return message;
  });
  expect(await noteReturned(head, id, 'Cette adresse n’existe pas.'));
}

function expect<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}
