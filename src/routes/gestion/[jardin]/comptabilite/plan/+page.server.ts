import { redirect } from '@sveltejs/kit';
import {
  addAccount,
  addActivity,
  chart,
  putAccountAside,
  putActivityAside,
  renameAccount,
  renameActivity,
} from '#domains/accounting/index.server.ts';
import { accountForm, accountNameForm, activityForm, activityNameForm, putAsideForm } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'accounting:read');
  return { ...(await chart(actor)), mayChange: can(actor, 'accounting:change') };
};

type Schema = Parameters<typeof readForm>[1];
/** Most actions of this page: a form, one command, back to the page with a sentence. `of`: which of its forms refused. */
function acting<S extends Schema>(
  of: string,
  schema: S,
  does: (actor: Actor, value: import('zod').output<S>) => Promise<Outcome<unknown>>,
  said: string,
) {
  return async (event: Parameters<typeof enter>[0]) => {
    const { actor, garden } = enter(event, 'accounting:change');
    const form = await readForm(event, schema);
    const failure = form.ok ? await does(actor, form.value).then((done) => (done.ok ? null : refused(done, form.values))) : form.failure;
    if (failure) return { ...failure, data: { ...failure.data, of } } as typeof failure;
    leaveFlash(event.cookies, said);
    redirect(303, `/gestion/${garden.slug}/comptabilite/plan`);
  };
}

export const actions = {
  compte: acting('compte', accountForm, addAccount, 'Le compte est ajouté.'),
  nommerCompte: acting('nommer', accountNameForm, renameAccount, 'Le compte est renommé.'),
  rangerCompte: acting('ranger', putAsideForm, (actor, { id, back }) => putAccountAside(actor, id, !back), 'C’est fait.'),
  activite: acting('activite', activityForm, addActivity, 'L’activité est ajoutée.'),
  nommerActivite: acting('nommerActivite', activityNameForm, renameActivity, 'L’activité est renommée.'),
  rangerActivite: acting('rangerActivite', putAsideForm, (actor, { id, back }) => putActivityAside(actor, id, !back), 'C’est fait.'),
};
