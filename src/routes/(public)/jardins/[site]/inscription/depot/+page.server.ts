import { choosePlace, signupPlaces } from '#domains/signup/index.server.ts';
import { depotStep } from '#domains/signup/schema.ts';
import { enterSignup, goOn, limited, momentOf, openStep, visitFrom } from '#edge/enter-signup.ts';
import { readForm, refused } from '#edge/forms.ts';
import { config } from '#platform/config.ts';
import { findPlaces, likeliestFirst, nearestPlaces } from '#platform/geocoding/index.ts';

export const load = async (event) => {
  const { at, page, frame } = await openStep(event, 'depot');
  const near = (event.url.searchParams.get('pres') ?? '').trim().slice(0, 120);
  const all = await signupPlaces(at.visitor, at.today);
  const [here = null] = near ? likeliestFirst(await findPlaces(near, 6), all) : [];
  const far = (place: (typeof all)[number]) => ({ ...place, metres: null as number | null });
  const sorted = here ? [...nearestPlaces(here, all), ...all.filter(({ latitude }) => latitude === null).map(far)] : all.map(far);
  const wanted = page.answers.panier?.depot ?? null;
  const first = (place: (typeof all)[number]) =>
    Number(place.id === page.place?.id) * 4 + Number(place.id === page.me?.usualSlotId) * 2 + Number(place.depotId === wanted);
  return {
    ...frame,
    near,
    here,
    chosen: page.place?.id ?? null,
    usual: page.me?.usualSlotId ?? null,
    tiles: config.tilesUrl(),
    credit: config.tilesCredit(),
    places: here ? sorted : sorted.toSorted((one, other) => first(other) - first(one)),
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, depotStep);
    if (!form.ok) return form.failure;
    const visit = await visitFrom(event, at);
    if (!visit.ok) return refused(visit, form.values);
    const { creneau: slotId, code, attente: waits } = form.value;
    // A word is not found by trying.
    const may = code === '' ? null : await limited('inscription-depot', visit.value.token, 20);
    if (may && !may.ok) return refused(may, form.values);
    return goOn(await choosePlace(visit.value, { slotId, code, waits }, momentOf(event), at.today), at, { ...form.values, code: '' });
  },
};
