import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { addPostIt, postIts, tickPostIt } from '#domains/desk/index.server.ts';
import { postItChosen, postItForm } from '#domains/desk/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event);
  return { base: `/gestion/${garden.slug}`, today, key: randomUUID(), notes: await postIts(actor) };
};

export const actions = {
  noter: async (event) => {
    const { actor } = enter(event);
    const failed = await readAnd(event, postItForm, ({ key, ...values }) => addPostIt(actor, key, values));
    if (failed) return failed;
    leaveFlash(event.cookies, 'C’est noté.');
    redirect(303, event.url.pathname);
  },
  fait: async (event) => {
    const { actor } = enter(event);
    const failed = await readAnd(event, postItChosen, ({ id }) => tickPostIt(actor, id, true));
    return failed ?? redirect(303, event.url.pathname);
  },
  remettre: async (event) => {
    const { actor } = enter(event);
    const failed = await readAnd(event, postItChosen, ({ id }) => tickPostIt(actor, id, false));
    return failed ?? redirect(303, event.url.pathname);
  },
};
