import { redirect } from '@sveltejs/kit';
import { addMember, changeMember, mostMembers, ownHousehold, removeMember } from '#domains/account/index.server.ts';
import { memberChangeForm, memberForm, memberToRemove } from '#domains/account/schema-self.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked } from '#edge/id.ts';

/** `?membre=12`: that person's line is open to be changed. */
export const load = async (event) => {
  const { own } = await enterOwn(event);
  const members = await ownHousehold(own);
  return { members, full: members.length >= mostMembers, changing: idAsked(event.url.searchParams.get('membre')) ?? null };
};

const here = ({ params }: { params: Partial<Record<string, string>> }) => `/mon-compte/${params.jardin}/${params.client}/foyer`;

export const actions = {
  ajouter: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, memberForm);
    if (!form.ok) return form.failure;
    const added = await addMember(own, form.value);
    if (!added.ok) return refused(added, form.values);
    leaveFlash(event.cookies, `${form.value.name} peut maintenant retirer votre panier.`);
    redirect(303, here(event));
  },
  changer: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, memberChangeForm);
    if (!form.ok) return form.failure;
    const { member, version, ...values } = form.value;
    const changed = await changeMember(own, member, version, values);
    if (!changed.ok) return refused(changed, form.values);
    leaveFlash(event.cookies, 'C’est enregistré.');
    redirect(303, here(event));
  },
  retirer: async (event) => {
    const { own } = await enterOwn(event);
    const form = await readForm(event, memberToRemove);
    if (!form.ok) return form.failure;
    await removeMember(own, form.value.member);
    leaveFlash(event.cookies, 'C’est noté : cette personne n’est plus sur la liste.', 'info');
    redirect(303, here(event));
  },
};
