import { error, redirect } from '@sveltejs/kit';
import {
  batchPage,
  confirmDebit,
  notedAsTold,
  notifyBatch,
  refreshBatch,
  rejectDebit,
  sendBatch,
  setAside,
  takeBackBatch,
  takeBackLine,
} from '#domains/banking/index.server.ts';
import { confirmForm, lineForm, rejectForm, sendForm } from '#domains/banking/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idAsked, idIn } from '#edge/id.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { can } from '#platform/access/actor.ts';
import { say } from '#ui/table.ts';
import { lineFilters, linesAsked, readLineQuery } from './asked.ts';

/** `?ligne=12` opens what can be done of one line. */
export const load = async (event) => {
  const { actor, today } = enter(event, 'payments:read');
  const found = await batchPage(actor, idIn(event.params.id), today);
  if (!found) error(404, { message: 'Ce prélèvement n’existe pas.' });
  const asked = idAsked(event.url.searchParams.get('ligne'));
  const query = readLineQuery(event.url.searchParams);
  const { rows, total } = linesAsked(found.lines, query);
  return {
    ...found,
    rows,
    total,
    query,
    filters: lineFilters,
    today,
    mayChange: can(actor, 'payments:change'),
    asked: found.lines.find(({ id }) => id === asked) ?? null,
  };
};

type Event = Parameters<typeof enter>[0] & { cookies: Parameters<typeof leaveFlash>[0]; params: { id?: string } };

const open = (event: Event) => {
  const entered = enter(event, 'payments:change');
  const id = idIn(event.params.id);
  return { ...entered, id, here: `/gestion/${entered.garden.slug}/prelevements/${id}` };
};

/** Back to the page with a sentence, or the refusal. */
function answer({ cookies }: Event, here: string, outcome: Outcome<unknown>, said: string, values = {}) {
  if (!outcome.ok) return refused(outcome, values);
  leaveFlash(cookies, said);
  redirect(303, here);
}

export const actions = {
  refresh: async (event) => {
    const { actor, today, id, here } = open(event);
    return answer(event, here, await refreshBatch(actor, id, today), 'Les montants sont recalculés.');
  },
  aside: async (event) => {
    const { actor, id, here } = open(event);
    const form = await readForm(event, lineForm);
    if (!form.ok) return form.failure;
    return answer(event, here, await setAside(actor, id, form.value.line, true), 'La ligne est mise de côté : elle ne sera pas prélevée.');
  },
  back: async (event) => {
    const { actor, id, here } = open(event);
    const form = await readForm(event, lineForm);
    if (!form.ok) return form.failure;
    return answer(event, here, await setAside(actor, id, form.value.line, false), 'La ligne est reprise dans le prélèvement.');
  },
  notify: async (event) => {
    const { actor, id, here } = open(event);
    const told = await notifyBatch(actor, id);
    // Another person, or a second click, told them just before.
    const said = !told.ok
      ? ''
      : told.value.told
        ? `${say(told.value.told, 'message part', 'messages partent')}.`
        : 'Ils étaient déjà prévenus.';
    return answer(
      event,
      here,
      told,
      told.ok && told.value.without ? `${said} ${say(told.value.without, 'client n’a', 'clients n’ont')} pas d’adresse e-mail.` : said,
    );
  },
  told: async (event) => {
    const { actor, id, here } = open(event);
    return answer(event, here, await notedAsTold(actor, id), 'C’est noté : tous sont prévenus.');
  },
  send: async (event) => {
    const { actor, today, id, here } = open(event);
    const form = await readForm(event, sendForm);
    if (!form.ok) return form.failure;
    const { version, accept } = form.value;
    return answer(
      event,
      here,
      await sendBatch(actor, id, { version, accept: accept === 'yes' }, today),
      'Le fichier est écrit. Déposez-le maintenant sur le site de votre banque.',
      form.values,
    );
  },
  confirm: async (event) => {
    const { actor, today, id, here } = open(event);
    const form = await readForm(event, confirmForm);
    if (!form.ok) return form.failure;
    return answer(event, here, await confirmDebit(actor, id, form.value.day, today), 'C’est noté : les clients sont à jour.', form.values);
  },
  reject: async (event) => {
    const { actor, today, id, here } = open(event);
    const form = await readForm(event, rejectForm);
    if (!form.ok) return form.failure;
    const { fee, ...given } = form.value;
    return answer(
      event,
      here,
      await rejectDebit(actor, id, { ...given, fee: fee === 'yes' }, today),
      'Le rejet est noté : le client doit de nouveau cette somme.',
      form.values,
    );
  },
  withdraw: async (event) => {
    const { actor, today, id, here } = open(event);
    const form = await readForm(event, lineForm);
    if (!form.ok) return form.failure;
    return answer(
      event,
      here,
      await takeBackLine(actor, id, form.value.line, today),
      'La ligne est retirée et le fichier réécrit : téléchargez le nouveau.',
    );
  },
  cancel: async (event) => {
    const { actor, today, id, here } = open(event);
    return answer(event, here, await takeBackBatch(actor, id, today), 'Le prélèvement est annulé : chacun doit ce qu’il devait avant.');
  },
};
