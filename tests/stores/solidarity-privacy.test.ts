import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askErasure, eraseCustomer, ownData } from '../../src/domains/account/index.server.ts';
import {
  endStay,
  forgetOldHelp,
  forgottenSoFar,
  noteReferral,
  noteRenewal,
  readings,
  referralPage,
  refuseReferral,
  sentPerson,
  settleGarden,
  stayPage,
} from '../../src/domains/solidarity/index.server.ts';
import { renewalForm } from '../../src/domains/solidarity/schema-referral.ts';
import { useDatabase } from '../database.ts';
import { today } from './places.garden.ts';
import { type People, plantPeople, value } from './solidarity-people.garden.ts';

/** What is known of people: theirs to take away, noted when it is read, forgotten on schedule or at their wish. */

const { ownerUrl } = useDatabase();
let garden: People['garden'];
let nora: People['nora'];
let asked: People['asked'];
let sent: People['sent'];
let page: People['page'];
let accepted: People['accepted'];
let one: People['one'];

beforeAll(async () => {
  ({ garden, nora, asked, sent, page, accepted, one } = await plantPeople(ownerUrl()));
});
afterAll(() => garden.owner.end());

describe('what is known of people', () => {
  test('is theirs to take away, with who looked at it', async () => {
    const { customerId, pathId } = await accepted(await sent({ reference: 'T-export' }));
    await stayPage(garden.paul, pathId, today);
    const own = { gardenId: garden.gardenId, userId: 'awa', customerId, seenBy: 'customer' as const };
    const parts = new Map((await ownData(own)).map(({ title, rows }) => [title, rows]));
    expect(parts.get('Mon prix convenu')).toEqual([
      expect.objectContaining({ Référence: 'T-export', Caisse: 'CAF', 'Orienté par': 'CCAS', 'Justificatif vu le': today }),
    ]);
    expect(parts.get('Mes demandes de prix convenu')).toEqual([
      expect.objectContaining({
        Par: 'CCAS',
        Nom: expect.stringMatching(/^Diallo/),
        Référence: 'T-export',
        État: 'acceptée',
        Justificatif: 'revenus',
      }),
    ]);
    // Wednesday of the week after: 10 €, of which 3 € are hers.
    await settleGarden(garden.marie, '2025-10-30');
    const paid = new Map((await ownData(own)).map(({ title, rows }) => [title, rows])).get('Qui paie mes paniers')!;
    expect(paid.map((row) => [row.Jour, row['Payé par'], row.Montant])).toEqual([['2025-10-29', 'vous', 3], ['2025-10-29', 'Le jardin', 7]]); // biome-ignore format: pairs
    expect(parts.get('Qui a consulté mon prix convenu')).toContainEqual({ Jour: today, 'Personne du jardin': 'Paul Fabre' });
  });

  test('is noted when it is read, once a day for each record', async () => {
    const id = value(await noteReferral(garden.marie, { ...asked(), prescripteur: '' }, today)).id;
    for (let times = 0; times < 2; times++) await referralPage(garden.paul, id, today);
    const { rows } = await readings(garden.marie, { page: 1, perPage: 200 });
    expect(rows.filter(({ who, what, recordId }) => who === 'Paul Fabre' && what === 'referral' && recordId === id)).toEqual([
      expect.objectContaining({ day: today, name: expect.stringContaining('Awa') }),
    ]);
  });

  test('is erased when its time is over, and not before; the night says how much', async () => {
    const refused = await sent({ nom: 'Refusé' });
    value(await refuseReferral(garden.marie, refused, { version: (await page(refused)).row.version, message: 'Complet.' }));
    await garden.owner.query(`update referral set handled_at = '2025-10-20 12:00+02' where id = $1`, [refused]);
    const helped = await sent({ nom: 'Aidée', reference: 'dossier-secret' });
    const { pathId } = await accepted(helped);
    const waiting = await sent({ nom: 'Attend' });
    const known = async (id: number) => (await one<{ last_name: string }>('select last_name from referral where id = $1', [id])).last_name;

    expect(await forgetOldHelp(garden.marie, '2025-12-20')).toEqual({ referrals: 0, stays: 0 });
    expect((await forgetOldHelp(garden.marie, '2025-12-21')).referrals).toBeGreaterThanOrEqual(1);
    expect([await known(refused), await known(helped), await known(waiting)]).toEqual(['', 'Aidée', 'Attend']);
    await forgetOldHelp(garden.marie, '2026-10-21');
    expect([await known(waiting), await known(helped)]).toEqual(['', 'Aidée']);
    expect(await sentPerson(nora, waiting, '2026-10-21')).toMatchObject({ progress: 'withdrawn' });
    await forgetOldHelp(garden.marie, '2028-01-29');
    expect(await known(helped)).toBe('');
    expect(await one('select reference, household, affiliation from path where id = $1', [pathId])).toEqual({
      reference: '',
      household: null,
      affiliation: 'caf',
    });
    expect(await forgetOldHelp(garden.marie, '2028-01-29')).toEqual({ referrals: 0, stays: 0 });
    expect((await forgottenSoFar(garden.marie)).map(({ day }) => day)).toEqual(['2028-01-29', '2026-10-21', '2025-12-21']);
    const { rows } = await garden.owner.query(`select 1 from audit_entry where before::text || after::text ~ 'dossier-secret'`);
    expect(rows).toEqual([]);
  });

  test('goes with the customer who has her record erased, in the same act; what others paid stays with the accounts', async () => {
    const { customerId, pathId } = await accepted(await sent({ nom: 'Partie', reference: 'dossier-partie' }));
    // Somebody asks that it goes on, then it is stopped: nobody answers that any more.
    const form = renewalForm.parse({ duree: '3', justificatif: 'income', vuLe: '2026-01-10', accord: 'on', cle: randomUUID() });
    const asking = value(await noteRenewal(garden.marie, pathId, form, '2026-01-10')).id;
    const { version } = (await stayPage(garden.marie, pathId, today))!;
    value(await endStay(garden.marie, pathId, { version, le: '2026-01-12', raison: 'Ne veut plus' }, '2026-01-10'));
    value(await askErasure({ gardenId: garden.gardenId, userId: 'elle', customerId, seenBy: 'customer' }, ''));
    const request = await one<{ id: number; version: number }>('select id, version from account_request where customer_id = $1', [
      customerId,
    ]);
    value(await eraseCustomer(garden.marie, request.id, { version: request.version, message: '' }, '2026-01-15'));
    const { rows } = await garden.owner.query(
      'select id, state, last_name, email, household, reference, erased_on::text as erased from referral where customer_id = $1 order by id',
      [customerId],
    );
    const nothing = { last_name: '', email: '', household: null, reference: '', erased: '2026-01-15' };
    expect(rows).toEqual([expect.objectContaining({ ...nothing, state: 'accepted' }), { ...nothing, id: asking, state: 'withdrawn' }]);
    expect(await one('select reference, household, end_reason, affiliation from path where id = $1', [pathId])).toEqual({
      ...{ reference: '', household: null, end_reason: '', affiliation: 'caf' },
    });
    const { rows: trail } = await garden.owner.query(
      `select 1 from audit_entry where before::text || after::text ~ 'dossier-partie|Partie'`,
    );
    expect(trail).toEqual([]);
  });
});
