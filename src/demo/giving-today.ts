import { sql } from 'kysely';
import { cancelReceipt, makeReceipt, recordGift, saveCampaign, settleGifts, stateEligibility } from '#domains/giving/index.server.ts';
import type { GiftValues } from '#domains/giving/schema.ts';
import { methods } from '#domains/payments/index.server.ts';
import { addDays, type Day } from '#kernel/day.ts';
import type { Outcome } from '#kernel/outcome.ts';
import type { Actor } from '#platform/access/actor.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { inventedLegal } from './legal.ts';

function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

const body = `Nos vieilles bâches ont vécu. **Une serre de 300 m²**, et les salades poussent jusqu’à Noël, les mains au sec.

- 4 000 € : les arceaux et la bâche
- 1 500 € : l’arrosage
- 500 € : les portes, posées par l’équipe`;

type Given = Partial<GiftValues> & Pick<GiftValues, 'lastName' | 'cents'> & { ago: number };

/** What people gave lately: to a glasshouse, to solidarity baskets, in goods, promised. The garden stated its right to receipts; one was made, and mended. */
export async function giveGifts(actor: Actor, today: Day): Promise<void> {
  const { transfer, programme } = await inGarden(actor, async (tx) => {
    const { rows } = await sql<{
      id: number;
    }>`select id from programme where garden_id = app_garden() and archived_at is null order by id limit 1`.execute(tx);
    return { transfer: (await methods(tx)).find(({ kind }) => kind === 'transfer')!.id, programme: rows[0]?.id ?? null };
  });
  done(
    await stateEligibility(
      actor,
      {
        ...{ startsOn: `${Number(today.slice(0, 4)) - 1}-01-01`, eligible: true, body: 'insertion', articles: ['200', '238 bis'] },
        object: 'Insertion de personnes éloignées de l’emploi par le maraîchage biologique',
        ...{ ruling: '', signer: 'Odile Grandjean', signerTitle: 'Présidente', sure: true },
      },
      today,
    ),
  );
  const common = { counterpart: '', project: '', programme: null, published: true, slug: '' };
  const serre = done(
    await saveCampaign(actor, null, 0, {
      ...{
        ...common,
        title: 'Une serre pour l’hiver',
        lead: '300 m² à l’abri, pour des légumes et du travail toute l’année.',
        body,
        goalCents: 600_000,
      },
      ...{ startsOn: addDays(today, -60), endsOn: addDays(today, 90), project: 'La serre' },
    }),
  ).id;
  const paniers = done(
    await saveCampaign(actor, null, 0, {
      ...{
        ...common,
        title: 'Des paniers pour tous',
        lead: 'Les mêmes légumes, à un prix que chacun peut payer.',
        body: 'Dix euros font, à peu près, le panier d’une famille.',
      },
      ...{ goalCents: null, startsOn: addDays(today, -40), endsOn: null, programme },
    }),
  ).id;
  const gifts: Given[] = [
    { lastName: 'Collin', firstName: 'Bernadette', cents: 10_000, ago: 3, campaign: serre },
    { lastName: 'Didier', firstName: 'Luc', cents: 5000, ago: 3, campaign: serre, city: 'Charmes', postcode: '88130', address: '' },
    { lastName: 'Parmentier', firstName: 'Agnès', cents: 25_000, ago: 2, campaign: serre, receipts: 'once' },
    { lastName: 'Thiriet', firstName: 'Paul', cents: 3000, ago: 1, campaign: paniers },
    { lastName: 'Gérard', firstName: 'Simone', cents: 6000, ago: 1, campaign: paniers },
    {
      lastName: 'Menuiserie Valentin',
      kind: 'company',
      siren: inventedLegal(88_001).siret.slice(0, 9),
      legalForm: 'SARL',
      cents: 150_000,
      ago: 2,
      campaign: serre,
    },
    {
      lastName: 'Pépinières du Saintois',
      kind: 'company',
      siren: inventedLegal(88_002).siret.slice(0, 9),
      legalForm: 'SAS',
      cents: 45_000,
      ago: 2,
      nature: 'goods',
      label: '600 plants de tomates et de courges',
      valuation: 'Prix de revient, d’après leur comptabilité',
    },
    { lastName: 'Amicale des anciens', cents: 20_000, ago: 0, method: null, campaign: serre },
    { lastName: 'Lambert', firstName: 'Jean', cents: 2000, ago: 1, counterpart: true, note: 'Tombola de la fête d’automne.' },
  ];
  const ids: number[] = [];
  for (const [at, { ago, ...gift }] of gifts.entries()) {
    const values: GiftValues = {
      ...{
        key: `demonstration-don-${at}`,
        donor: null,
        kind: 'person',
        firstName: '',
        legalForm: '',
        siren: '',
        address: `${at + 3} rue du Verger`,
      },
      ...{
        postcode: '88130',
        city: 'Charmes',
        email: '',
        receipts: 'year',
        nature: 'money',
        day: addDays(today, -ago),
        method: transfer,
        reference: '',
        bank: '',
      },
      ...{ campaign: null, counterpart: false, label: '', valuation: '', note: '', ...gift },
    };
    ids.push(done(await recordGift(actor, values, today)).id);
  }
  const first = done(await makeReceipt(actor, ids[0]!, today)).id;
  done(await cancelReceipt(actor, first, { reason: 'Prénom mal écrit', again: true }, today));
  done(await makeReceipt(actor, ids[5]!, today));
  // Money is there for solidarity, and bills that were paid with an « arrondi solidaire » are gifts.
  await settleGifts(actor, today);
}
