import { error, redirect } from '@sveltejs/kit';
import { askAddress, changeOwnContact, ownRecord, withdrawAddress } from '#domains/account/index.server.ts';
import { addressForm, contactForm } from '#domains/account/schema-self.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { own } = await enterOwn(event);
  const record = await ownRecord(own);
  if (!record) error(404, 'Ce compte n’existe plus.');
  return { record };
};

/** Where the forms lead once they are done. */
const here = ({ params }: { params: Partial<Record<string, string>> }) => `/mon-compte/${params.jardin}/${params.client}/coordonnees`;

export const actions = {
  joindre: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, contactForm);
    if (!form.ok) return form.failure;
    const { version, ...typed } = form.value;
    const changed = await changeOwnContact(own, version, typed);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'Vos coordonnées sont enregistrées.');
    redirect(303, here(event));
  },
  adresse: async (event) => {
    const { own, today } = await enterOwn(event);
    const form = await readForm(event, addressForm);
    if (!form.ok) return form.failure;
    const asked = await askAddress(own, form.value.email, today);
    if (!asked.ok) return refused(asked, form.values);
    leaveFlash(event.cookies, `Une lettre part à ${form.value.email} : ouvrez-la pour confirmer cette adresse.`, 'info');
    redirect(303, here(event));
  },
  abandonner: async (event) => {
    const { own } = await enterOwn(event);
    await withdrawAddress(own);
    leaveFlash(event.cookies, 'Votre adresse e-mail reste la même.', 'info');
    redirect(303, here(event));
  },
};
