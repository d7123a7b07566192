import { error, redirect } from '@sveltejs/kit';
import type { z } from 'zod';
import { type EndOwn, endOwn, keepOwn, ownEnding } from '#domains/account/index.server.ts';
import { endingOf } from '#domains/account/rules/money-ending.ts';
import { ownEndForm } from '#domains/account/schema-self.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { leaveFlash } from '#edge/flash.ts';
import { type FormFailure, readAsked, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { type Day, sayDayAndYear } from '#kernel/day.ts';
import { refuse } from '#kernel/outcome.ts';

const askedOf = (id: number, { version, quand, jour, raison, note, caution }: z.output<typeof ownEndForm>): EndOwn => ({
  ...{ id, version, wish: quand, day: jour, reason: raison, note, deposit: caution },
});

/** First the choice, then what follows from it (`?voir=`), then the notice itself. */
export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const ending = await ownEnding(own, idIn(event.params.abo), today);
  if (!ending) error(404, 'Cet abonnement n’existe pas, il est terminé, ou ce n’est pas le vôtre.');
  const params = event.url.searchParams;
  const asked = params.has('voir') ? readAsked(params, ownEndForm) : null;
  let wrong: FormFailure | null = asked && !asked.ok ? asked.failure.data : null;
  let last: Day | null = null;
  if (asked?.ok) {
    const { subscription, noticeDays, trial, proposed } = ending;
    const how = endingOf(asked.value.quand, asked.value.jour, { endsOn: subscription.endsOn, noticeDays, trial, proposed });
    if ('why' in how) wrong = refused(refuse(how.why, { jour: how.why }), asked.values).data;
    else last = how.how === 'term' ? subscription.endsOn : how.how.on;
  }
  const typed = asked ? { values: asked.ok ? asked.values : asked.failure.data.values } : null;
  return { today, ...ending, wrong, last, deposited: asked?.ok ? asked.value.caution : 'back', typed, query: params.toString() };
};

export const actions = {
  resilier: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const asked = readAsked(event.url.searchParams, ownEndForm);
    if (!asked.ok) return asked.failure;
    const ended = await endOwn(own, askedOf(idIn(event.params.abo), asked.value), today);
    if (!ended.ok) return refused({ ...ended, fields: ended.fields?.day ? { jour: ended.fields.day } : ended.fields }, asked.values);
    leaveFlash(
      event.cookies,
      `C’est fait : votre abonnement s’arrête le ${sayDayAndYear(ended.value.endsOn)}. Une lettre vous le confirme.`,
    );
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/abonnements`);
  },
  continuer: async (event) => {
    const { own, garden, today } = await enterOwn(event);
    const kept = await keepOwn(own, idIn(event.params.abo), today);
    if (!kept.ok) return refused(kept);
    leaveFlash(event.cookies, `Merci ! Votre abonnement continue, jusqu’au ${sayDayAndYear(kept.value.endsOn)}.`);
    redirect(303, `/mon-compte/${garden.slug}/${own.customerId}/abonnements`);
  },
};
