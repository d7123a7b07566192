import { youStep } from '#domains/signup/schema.ts';
import { answer, enterSignup, keepWrong, openStep } from '#edge/enter-signup.ts';
import { readForm } from '#edge/forms.ts';
import { config } from '#platform/config.ts';

export const load = async (event) => {
  const { at, page, frame } = await openStep(event, 'vous');
  // On the garden's own host, the sign-in is elsewhere: the draft goes along by its way back.
  const here = `/jardins/${at.site.slug}/inscription`;
  const back = at.base === '' && at.looking.token ? `${here}/reprendre/${at.looking.token}` : `${here}/vous`;
  return {
    ...frame,
    typed: {
      prenom: '',
      nom: '',
      email: '',
      telephone: '',
      adresse: '',
      codePostal: '',
      ville: '',
      message: '',
      benevole: '',
      ...page.raw.vous,
    },
    signIn: `${at.base === '' ? config.publicUrl() : ''}/connexion?suite=${encodeURIComponent(back)}`,
  };
};

export const actions = {
  default: async (event) => {
    const at = await enterSignup(event);
    const form = await readForm(event, youStep);
    if (form.ok) return answer(event, at, 'vous', form.values);
    await keepWrong(event, at, 'vous', form.failure.data.values);
    return form.failure;
  },
};
