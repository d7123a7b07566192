import { error, redirect } from '@sveltejs/kit';
import { acceptBankLine, bankLinePage, ignoreBankLine, undoBankLine } from '#domains/banking/index.server.ts';
import { acceptForm, ignoreForm, postForm } from '#domains/banking/schema-bank.ts';
import { enter } from '#edge/enter.ts';
import { leaveFlash } from '#edge/flash.ts';
import { readAnd, refused } from '#edge/forms.ts';
import { idIn } from '#edge/id.ts';
import { can } from '#platform/access/actor.ts';

export const load = async (event) => {
  const { actor, garden } = enter(event, 'payments:read');
  const search = (event.url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const page = await bankLinePage(actor, idIn(event.params.id), search);
  if (!page) error(404, { message: 'Cette ligne de la banque n’existe pas.' });
  return {
    home: `/gestion/${garden.slug}`,
    ...page,
    search,
    mayChange: can(actor, 'payments:change'),
    maySeeCustomers: can(actor, 'customers:read'),
  };
};

/** Once a line is dealt with, one goes on with the others. */
const back = ({ params }: { params: { jardin: string } }) => redirect(303, `/gestion/${params.jardin}/banque`);

export const actions = {
  accepter: async (event) => {
    const { actor } = enter(event, 'payments:change');
    let told = 'C’est rapproché.';
    const refusal = await readAnd(event, acceptForm, (value) => {
      if (value.target.startsWith('line:')) told = 'C’est noté : cette opération ne compte qu’une fois.';
      return acceptBankLine(actor, idIn(event.params.id), value);
    });
    if (refusal) return refusal;
    leaveFlash(event.cookies, told);
    back(event);
  },
  poster: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const refusal = await readAnd(event, postForm, ({ account, ...rest }) =>
      acceptBankLine(actor, idIn(event.params.id), { ...rest, target: `account:${account}` }),
    );
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'C’est passé en comptabilité. La prochaine ligne semblable sera proposée de la même façon.');
    back(event);
  },
  ecarter: async (event) => {
    const { actor } = enter(event, 'payments:change');
    const refusal = await readAnd(event, ignoreForm, ({ note }) => ignoreBankLine(actor, idIn(event.params.id), note));
    if (refusal) return refusal;
    leaveFlash(event.cookies, 'La ligne est mise de côté : rien n’est enregistré.');
    back(event);
  },
  defaire: async (event) => {
    const { actor, today } = enter(event, 'payments:change');
    const undone = await undoBankLine(actor, idIn(event.params.id), today);
    if (!undone.ok) return refused(undone);
    leaveFlash(event.cookies, 'C’est défait : la ligne est de nouveau à traiter.');
    redirect(303, event.url.pathname);
  },
};
