import { error, fail, redirect } from '@sveltejs/kit';
import { compositionSheet, followDay, ownCompositions, repriceDay, saveCompositions } from '#domains/composition/index.server.ts';
import { cellName, changedCells, noteName, readColumns } from '#domains/composition/rules/cells.ts';
import { meantProduce } from '#domains/composition/rules/find-produce.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { refused } from '#edge/forms.ts';
import { parseDay, sayDay } from '#kernel/day.ts';
import { can } from '#platform/access/actor.ts';

/** What the address asks for, as a form sends it or a link writes it. */
const asked = (params: URLSearchParams) => {
  const id = (name: string) => (/^\d{1,12}$/.test(params.get(name) ?? '') ? Number(params.get(name)) : null);
  return { tourId: id('tournee'), productId: id('panier'), view: id('vue'), copy: parseDay(params.get('copie') ?? '') };
};
const ids = (text: string | null): number[] => [...(text ?? '').matchAll(/\d{1,12}/g)].map(([id]) => Number(id));
const dayOf = (text: string) => parseDay(text) ?? error(404, 'Ce jour n’existe pas.');

/** The same page, with what it is to show: rows added and not filled yet, the basket looked at on a phone. */
function here(path: string, shown: { tournee: number | null; vue?: string; avec?: number[] }): string {
  const query = new URLSearchParams();
  if (shown.tournee !== null) query.set('tournee', String(shown.tournee));
  if (shown.vue) query.set('vue', shown.vue);
  if (shown.avec?.length) query.set('avec', shown.avec.join('-'));
  return query.size ? `${path}?${query}` : path;
}

export const load = async (event) => {
  const { actor, today } = enter(event, 'composition:read');
  const day = dayOf(event.params.jour);
  const { tourId, productId, view, copy } = asked(event.url.searchParams);
  const sheet = await compositionSheet(actor, day, { tourId, copy });
  if (!sheet) redirect(303, event.url.pathname);
  const copied = copy && sheet.columns.some((column) => column.copied) ? { day: copy, productId } : null;
  return {
    ...sheet,
    columns: sheet.columns.map((column) => ({ ...column, copied: productId && productId !== column.productId ? null : column.copied })),
    copied,
    today,
    view: view ?? 0,
    added: ids(event.url.searchParams.get('avec')),
    mayChange: can(actor, 'composition:change'),
    seesPrices: can(actor, 'catalogue:read'),
  };
};

export const actions = {
  save: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const day = dayOf(event.params.jour);
    const { tourId } = asked(event.url.searchParams);
    const fields = [...(await event.request.formData())].filter((field): field is [string, string] => typeof field[1] === 'string');
    const given = new Map(fields);
    const [wanted, removed, view] = [(given.get('add') ?? '').trim(), Number(given.get('remove') || 0), given.get('vue') ?? ''];
    const columns = readColumns(
      fields.map(([name, text]) => [name, removed && name.endsWith(`.${removed}`) && name.startsWith('q.') ? '' : text]),
    );
    // Cells that were not changed are not kept of a form that is refused: they show what is stored by now.
    const changed = columns.flatMap((column) =>
      changedCells(column).map(([id, text]): [string, string] => [cellName(column.productId, id), text]),
    );
    const notes = columns
      .filter(({ note, baseNote }) => note !== baseNote)
      .map(({ productId, note }): [string, string] => [noteName(productId), note]);
    const added = ids(given.get('added') ?? null).filter((id) => id !== removed);
    const values = { ...Object.fromEntries([...changed, ...notes]), add: wanted, vue: view, added: added.join('-') };
    if (wanted) {
      const sheet = await compositionSheet(actor, day, { tourId });
      const meant = meantProduce(sheet?.produce.filter(({ archived }) => !archived) ?? [], wanted);
      if ('couldBe' in meant) {
        const few = meant.couldBe.slice(0, 5).map(({ name }) => name);
        const add = few.length
          ? `Plusieurs produits ressemblent à cela : ${few.join(', ')}. Écrivez le nom entier.`
          : `Aucun produit de la mercuriale ne s’appelle ainsi.`;
        return fail(422, { values, errors: { add } as Record<string, string>, message: 'Le produit à ajouter n’a pas été trouvé.' });
      }
      added.push(meant.found.id);
    }
    const saved = await saveCompositions(actor, { day, tourId }, columns);
    if (!saved.ok) return refused(saved, values);
    const { written } = saved.value;
    if (written) leaveFlash(event.cookies, written === 1 ? 'Un panier est enregistré.' : `${written} paniers sont enregistrés.`);
    else if (!wanted) leaveFlash(event.cookies, 'Tout était déjà enregistré.', 'info');
    // Lines that hold nothing yet are kept on screen; the others are there by themselves.
    const empty = added.filter((id) => columns.every(({ typed }) => !typed.get(id)?.trim()));
    redirect(303, here(event.url.pathname, { tournee: tourId, vue: view, avec: empty }));
  },
  /** A tour gets its own copy of what the day holds. */
  own: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const day = dayOf(event.params.jour);
    const { tourId } = asked(event.url.searchParams);
    const outcome = await ownCompositions(actor, day, tourId ?? 0);
    if (!outcome.ok) return refused(outcome);
    leaveFlash(event.cookies, `Les paniers du ${sayDay(day)} sont copiés : cette tournée a maintenant les siens.`);
    redirect(303, here(event.url.pathname, { tournee: tourId }));
  },
  /** A tour follows the day again. */
  follow: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const { tourId } = asked(event.url.searchParams);
    const product = Number((await event.request.formData()).get('product') || 0) || null;
    const outcome = await followDay(actor, dayOf(event.params.jour), tourId ?? 0, product);
    if (!outcome.ok) return refused(outcome);
    leaveFlash(event.cookies, 'Cette tournée reçoit de nouveau la même chose que les autres.');
    redirect(303, here(event.url.pathname, { tournee: tourId }));
  },
  /** Lines take the reference prices as they are by now. */
  reprice: async (event) => {
    const { actor } = enter(event, 'composition:change');
    const { tourId } = asked(event.url.searchParams);
    const outcome = await repriceDay(actor, { day: dayOf(event.params.jour), tourId });
    if (!outcome.ok) return refused(outcome);
    leaveFlash(event.cookies, 'Les prix de référence du jour sont repris.');
    redirect(303, here(event.url.pathname, { tournee: tourId }));
  },
};
