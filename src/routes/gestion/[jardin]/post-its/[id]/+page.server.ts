import { error, redirect } from '@sveltejs/kit';
import { changePostIt, postIt } from '#domains/desk/index.server.ts';
import { postItChange } from '#domains/desk/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event);
  const note = await postIt(actor, idIn(event.params.id));
  if (!note) error(404, { message: 'Ce post-it n’existe plus.' });
  return { base: `/gestion/${garden.slug}`, note };
};

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event);
    const failed = await readAnd(event, postItChange, ({ version, ...values }) =>
      changePostIt(actor, idIn(event.params.id), version, values),
    );
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est enregistré.');
    redirect(303, `/gestion/${garden.slug}/post-its`);
  },
};
