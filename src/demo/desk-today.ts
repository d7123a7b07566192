import { addPostIt, postIts, tickPostIt } from '#domains/desk/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Actor } from '#platform/access/actor.ts';

/** What two people of the garden do not want to forget this week. */
export async function stickNotes(head: Actor, desk: Actor, today: Day): Promise<void> {
  const notes: [actor: Actor, text: string, due: Day | null, shared: 'oui' | 'non'][] = [
    [desk, 'Rappeler l’école : combien de paniers pendant les vacances ?', today, 'oui'],
    [head, 'Rapporter les clés de la Maison de quartier', addDays(today, -2), 'oui'],
    [head, 'Préparer la réunion d’équipe', addDays(today, 3), 'non'],
    [desk, 'Commander des sacs en papier', null, 'oui'],
    [desk, 'Envoyer les affiches aux nouveaux dépôts', addDays(today, 20), 'oui'],
    [head, 'Relire la feuille de chou', addDays(today, -1), 'oui'],
  ];
  for (const [at, [actor, text, due, shared]] of notes.entries()) {
    const written = await addPostIt(actor, `demonstration-${at}`, { text, due, shared });
    if (!written.ok) throw new Error(written.reason);
  }
  const read = (await postIts(head)).find(({ text }) => text.startsWith('Relire'))!;
  await tickPostIt(head, read.id, true);
}
