import { redirect } from '@sveltejs/kit';
import { bouncedAddresses, clearBounce, noteReturns } from '#domains/messages/index.server.ts';
import { whichForm } from '#domains/messages/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { messageTabs } from '../tabs.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'messages:read');
  return {
    home: `/gestion/${garden.slug}`,
    tabs: messageTabs(garden.slug, can(actor, 'settings:read')),
    addresses: await bouncedAddresses(actor),
    mayChange: can(actor, 'messages:change'),
    seesCustomers: can(actor, 'customers:read'),
  };
};

export const actions = {
  reprendre: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const failure = await readAnd(event, whichForm, ({ id }) => clearBounce(actor, id));
    if (failure) return failure;
    leaveFlash(event.cookies, 'Les prochains messages repartiront vers cette adresse.');
    redirect(303, event.url.pathname);
  },
  lire: async (event) => {
    const { actor } = enter(event, 'messages:change');
    const given = (await event.request.formData()).get('fichier');
    if (!(given instanceof File) || given.size === 0)
      return refused({ ok: false, reason: 'Il manque le fichier.', fields: { fichier: 'Choisissez le fichier de l’avis.' } });
    const noted = await noteReturns(actor, await given.text());
    if (!noted.ok) return refused(noted);
    const { noted: count, others } = noted.value;
    leaveFlash(
      event.cookies,
      `${count} ${count > 1 ? 'retours notés' : 'retour noté'}.${others ? ` ${others} ne concernent pas votre jardin.` : ''}`,
    );
    redirect(303, event.url.pathname);
  },
};
