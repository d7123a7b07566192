import { error, redirect } from '@sveltejs/kit';
import { abandonImport, applyImport, batchDetails, undoImport } from '#domains/imports/index.server.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'imports:read');
  const batch = await batchDetails(actor, idIn(event.params.id));
  if (!batch) error(404, { message: 'Cet import n’existe pas dans votre jardin.' });
  const home = `/gestion/${garden.slug}`;
  const next = [
    { href: `${home}/clients`, label: 'Voir les clients', right: 'customers:read' },
    { href: `${home}/calendrier`, label: 'Voir le calendrier', right: 'logistics:read' },
    { href: `${home}/feuilles`, label: 'Imprimer les feuilles', right: 'preparation:read' },
  ] as const;
  return { base: `${home}/imports`, batch, next: next.filter(({ right }) => can(actor, right)), mayImport: can(actor, 'imports:change') };
};

export const actions = {
  importer: async (event) => {
    const { actor, today } = enter(event, 'imports:change');
    const applied = await applyImport(actor, idIn(event.params.id), { today });
    if (!applied.ok) return refused(applied);
    redirect(303, event.url.pathname);
  },
  abandonner: async (event) => {
    const { actor, garden } = enter(event, 'imports:change');
    const abandoned = await abandonImport(actor, idIn(event.params.id));
    if (!abandoned.ok) return refused(abandoned);
    leaveFlash(event.cookies, 'L’import est abandonné. Rien n’a changé dans le jardin.');
    redirect(303, `/gestion/${garden.slug}/imports`);
  },
  annuler: async (event) => {
    const { actor, today } = enter(event, 'imports:change');
    const undone = await undoImport(actor, idIn(event.params.id), { today });
    if (!undone.ok) return refused(undone);
    leaveFlash(event.cookies, 'L’import est annulé : le jardin est comme avant.');
    redirect(303, event.url.pathname);
  },
};
