import { redirect } from '@sveltejs/kit';
import { bankFileAccounts, keepBankFile } from '#domains/banking/index.server.ts';
import { bankFileForm } from '#domains/banking/schema-bank.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readForm, refused } from '#edge/forms.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:change');
  return { base: `/gestion/${garden.slug}/banque`, accounts: await bankFileAccounts(actor) };
};

const lines = (count: number) => (count > 1 ? `${count} lignes` : `${count} ligne`);

export const actions = {
  default: async (event) => {
    const { actor, garden } = enter(event, 'payments:change');
    const form = await readForm(event, bankFileForm);
    if (!form.ok) return form.failure;
    const { file, accountId } = form.value;
    const kept = await keepBankFile(actor, { name: file.name, content: new Uint8Array(await file.arrayBuffer()), accountId });
    if (!kept.ok) return refused(kept, form.values);
    const { added, known, again, rejected, remarks, id } = kept.value;
    const told = again
      ? 'Ce fichier était déjà lu : rien n’a été ajouté.'
      : `${lines(added)} ${added > 1 ? 'ajoutées' : 'ajoutée'}${known ? `, ${lines(known)} déjà ${known > 1 ? 'connues' : 'connue'}` : ''}.`;
    const wrong = rejected.length ? ` ${lines(rejected.length)} à corriger : ligne ${rejected[0]!.line}, ${rejected[0]!.reason}.` : '';
    leaveFlash(event.cookies, [told, wrong, ...remarks].join(' ').trim(), rejected.length || remarks.length ? 'attention' : 'success');
    redirect(303, again ? `/gestion/${garden.slug}/banque/lignes?fichier=${id}` : `/gestion/${garden.slug}/banque`);
  },
};
