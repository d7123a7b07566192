import { redirect } from '@sveltejs/kit';
import { accountingChoices, cancelExport, exports, makeExport } from '#domains/accounting/index.server.ts';
import { cancelForm, exportForm } from '#domains/accounting/schema.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, readForm, refused } from '#edge/forms.ts';
import { can } from '#platform/access/actor.ts';
import { say } from '#ui/table.ts';
import { askedPeriod } from '../period.ts';

export const load = async (event) => {
  const { actor, today } = enter(event, 'accounting:read');
  const { years, current } = await askedPeriod(actor, event.url.searchParams, today);
  const { journals } = await accountingChoices(actor);
  return { ...(await exports(actor)), journals, years, current, today, mayChange: can(actor, 'accounting:change') };
};

export const actions = {
  faire: async (event) => {
    const { actor, garden } = enter(event, 'accounting:change');
    const form = await readForm(event, exportForm);
    if (!form.ok) return form.failure;
    const done = await makeExport(actor, form.value);
    if (!done.ok) return refused(done, form.values);
    leaveFlash(event.cookies, `L’export est prêt : ${say(done.value.entries, 'écriture', 'écritures')}. Téléchargez-le ci-dessous.`);
    redirect(303, `/gestion/${garden.slug}/comptabilite/exports#faits`);
  },
  annuler: async (event) => {
    const { actor, garden } = enter(event, 'accounting:change');
    const wrong = await readAnd(event, cancelForm, ({ id }) => cancelExport(actor, id));
    if (wrong) return wrong;
    leaveFlash(event.cookies, 'L’export est annulé : ses écritures seront reprises par le prochain.');
    redirect(303, `/gestion/${garden.slug}/comptabilite/exports#faits`);
  },
};
