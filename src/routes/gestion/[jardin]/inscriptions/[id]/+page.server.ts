import { error, redirect } from '@sveltejs/kit';
import { acceptSignup, queueSignup, refuseSignup, signupRecord } from '#domains/signup/index.server.ts';
import { acceptForm, queueForm, refuseForm } from '#domains/signup/schema.ts';
import { summaryOf } from '#domains/signup/ui/summary.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden, today } = enter(event, 'subscriptions:read');
  const record = await signupRecord(actor, idIn(event.params.id), today);
  if (!record) error(404, 'Cette inscription n’existe pas dans votre jardin.');
  const { row, progress, known, handler, handledOn, wrong } = record;
  const { answers, me } = progress;
  const { vous, paiement } = answers;
  const preview = progress.preview?.ok ? progress.preview.value : null;
  return {
    base: `/gestion/${garden.slug}`,
    ...{ handler, handledOn, wrong, known },
    signup: {
      id: row.id,
      version: row.version,
      state: row.state,
      why: row.why,
      sentOn: row.sentOn,
      reason: row.reason,
      customerId: row.customerId,
      waitingEntryId: row.waitingEntryId,
    },
    shown: row.shown,
    summary: row.state === 'sent' ? summaryOf(progress) : null,
    full: row.state === 'sent' && !progress.journey.waits ? (preview?.full?.reason ?? null) : null,
    waits: progress.journey.waits,
    person: me
      ? {
          name: `${me.firstName} ${me.lastName}`.trim(),
          email: me.email,
          phone: me.phone,
          address: me.address,
          message: '',
          volunteer: false,
        }
      : vous && {
          ...{ name: `${vous.prenom} ${vous.nom}`, email: vous.email, phone: vous.telephone },
          ...{ address: `${vous.adresse}, ${vous.codePostal} ${vous.ville}`, message: vous.message, volunteer: vous.benevole },
        },
    payment: paiement && { moyen: paiement.moyen, account: paiement.iban.slice(-4) },
    consent: can(actor, 'payments:read') ? (row.consent.mandate ?? null) : null,
    conditions: row.consent.conditions ?? null,
    may: {
      decide: can(actor, 'subscriptions:change') && can(actor, 'customers:change'),
      refuse: can(actor, 'subscriptions:change'),
      customers: can(actor, 'customers:read'),
    },
  };
};

export const actions = {
  accepter: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, acceptForm);
    if (!form.ok) return form.failure;
    const { version, client: customerId, beyond } = form.value;
    const done = await acceptSignup(actor, idIn(event.params.id), { version, customerId, beyond }, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'L’inscription est acceptée : la personne reçoit sa confirmation.');
    redirect(303, `/gestion/${garden.slug}/inscriptions/${event.params.id}`);
  },
  attente: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, queueForm);
    if (!form.ok) return form.failure;
    const done = await queueSignup(actor, idIn(event.params.id), { version: form.value.version, customerId: form.value.client }, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'La personne est sur la liste d’attente : elle en est prévenue.');
    redirect(303, `/gestion/${garden.slug}/inscriptions/${event.params.id}`);
  },
  refuser: async (event) => {
    const { actor, garden, today } = enter(event, 'subscriptions:change');
    const form = await readForm(event, refuseForm);
    if (!form.ok) return form.failure;
    const done = await refuseSignup(actor, idIn(event.params.id), form.value, today);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, 'L’inscription est refusée : votre message est parti.');
    redirect(303, `/gestion/${garden.slug}/inscriptions/${event.params.id}`);
  },
};
