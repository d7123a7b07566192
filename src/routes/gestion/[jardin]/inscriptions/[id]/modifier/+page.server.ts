import { error, redirect } from '@sveltejs/kit';
import { correctionChoices, correctSignup } from '#domains/signup/index.server.ts';
import { sayPlace } from '#domains/signup/labels.ts';
import { correctionForm, correctionTerms } from '#domains/signup/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:change');
  const id = idIn(event.params.id);
  const choices = await correctionChoices(actor, id, today);
  if (!choices) error(404, 'Cette inscription n’existe pas, ou elle a déjà reçu sa réponse.');
  const { row, progress } = choices.record;
  return {
    back: `/gestion/${garden.slug}/inscriptions/${id}`,
    version: row.version,
    own: row.customerId !== null,
    plans: progress.plans.map(({ id: value, name, basketCounts }) => ({ value, label: name, counts: basketCounts })),
    places: choices.places.map((place) => ({ value: place.id, label: sayPlace(place) })),
    typed: { ...row.answers.panier, ...row.answers.rythme, ...row.answers.depot, ...row.answers.debut, ...row.answers.vous } as Record<
      string,
      string
    >,
  };
};

export const actions = {
  default: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const id = idIn(event.params.id);
    // A customer who signed in has her own record: it is corrected there.
    const typed = await event.request.clone().formData();
    const own = !typed.has('nom');
    const form = await readForm(event, own ? correctionTerms : correctionForm);
    if (!form.ok) return form.failure;
    const text = (name: string) => String(form.values[name] ?? '');
    const done = await correctSignup(
      actor,
      id,
      {
        version: form.value.version,
        beyond: form.value.beyond,
        terms: {
          ...{ formule: text('formule'), frequence: text('frequence'), quantite: text('quantite'), nombre: text('nombre') },
          ...{ creneau: text('creneau'), debut: form.value.debut },
        },
        person: own
          ? null
          : Object.fromEntries(['prenom', 'nom', 'email', 'telephone', 'adresse', 'codePostal', 'ville'].map((name) => [name, text(name)])),
      },
      today,
    );
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La demande est corrigée. Elle attend toujours votre réponse.');
    redirect(303, `/gestion/${garden.slug}/inscriptions/${id}`);
  },
};
