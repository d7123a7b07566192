import { beforeAll, describe, expect, test } from 'vitest';
import {
  addStaff,
  changeRole,
  createGarden,
  createRole,
  deleteRole,
  endStaff,
  findGarden,
  gardenRecord,
  gardensOf,
  inviteStaff,
  listTeam,
  openGarden,
  saveGarden,
  updateRole,
} from '../../src/domains/gardens/index.server.ts';
import { gardenForm } from '../../src/domains/gardens/schema.ts';
import { readSettings } from '../../src/domains/gardens/settings.ts';
import { gardensOfNetwork, systemNetwork } from '../../src/domains/network/index.server.ts';
import { AccessDenied, type Actor, actorOf, systemActor } from '../../src/platform/access/actor.ts';
import { firstRoles, type Right } from '../../src/platform/access/rights.ts';
import { createUser } from '../../src/platform/auth/accounts.ts';
import { database } from '../../src/platform/db/index.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { deliverAll, tokenIn } from '../letters.ts';

const { ownerUrl } = useDatabase();

let made = 0;
async function user(email = `g${++made}@exemple.fr`): Promise<string> {
  const created = await createUser({ name: email.split('@')[0]!, email });
  if (!created.ok) throw new Error(created.reason);
  return created.value;
}

/** A garden with one administrator. */
async function garden(name: string) {
  const created = await createGarden(systemNetwork, { name });
  if (!created.ok) throw new Error(created.reason);
  const { id, slug, administratorRoleId } = created.value;
  const userId = await user();
  const added = await addStaff(systemActor(id), userId, administratorRoleId);
  if (!added.ok) throw new Error(added.reason);
  const { roles } = await listTeam(systemActor(id));
  return { id, slug, userId, staffId: added.value, actor: actorOf(id, userId, roles[0]!.rights), roles };
}

const form = (changes: Record<string, unknown>) =>
  gardenForm.parse({ version: 1, name: 'Jardin', sheetNames: 'full', cutoffHours: '24', ...changes });

describe('a garden', () => {
  test('starts with the four roles and the settings of every garden; two of one name get two addresses', async () => {
    const [one, two] = await Promise.all([garden('Jardin des Prés'), garden('Jardin des Prés')]);
    expect([one.slug, two.slug].sort()).toEqual(['jardin-des-pres', 'jardin-des-pres-2']);
    expect(one.roles.map(({ name, rights }) => ({ name, rights }))).toEqual(firstRoles);
    expect((await gardenRecord(one.actor)).settings).toEqual(readSettings({}));
    expect(await createGarden(systemNetwork, { name: 'Autre', slug: one.slug })).toMatchObject({ ok: false });
    expect(await findGarden(two.slug)).toMatchObject({ name: 'Jardin des Prés' });
  });

  test('is not created by somebody who is not of the network, and refuses what is not written right', async () => {
    await expect(createGarden({ userId: await user(), networkStaff: false }, { name: 'Pirate' })).rejects.toThrow(AccessDenied);
    await expect(database().insertInto('garden').values({ slug: 'pirate', name: 'Pirate' }).execute()).rejects.toThrow(
      /row-level security/,
    );
    expect(gardenForm.safeParse({ ...form({}), accent: 'red' }).success).toBe(false);
    expect(gardenForm.safeParse({ ...form({}), cutoffHours: '-1' }).success).toBe(false);
  });

  test('keeps its settings, and refuses those read before somebody else changed them', async () => {
    const { actor } = await garden('Réglages');
    expect(await saveGarden(actor, form({ name: 'Réglé', cutoffHours: '48', sheetNames: 'short', accent: '#AA5500' }))).toMatchObject({
      ok: true,
    });
    expect(await gardenRecord(actor)).toMatchObject({
      name: 'Réglé',
      accent: '#aa5500',
      version: 2,
      settings: { cutoffHours: 48, sheetNames: 'short' },
    });
    expect(await saveGarden(actor, form({ name: 'En retard' }))).toMatchObject({ ok: false });
    const trail = await inGarden(actor, (tx) => tx.selectFrom('audit_entry').selectAll().where('table_name', '=', 'garden').execute());
    expect(trail).toMatchObject([{ user_id: actor.userId, before: { name: 'Réglages' }, after: { name: 'Réglé' } }]);
  });
});

describe('the network', () => {
  test('opens a garden and invites its administrator, yet sees none of its rows', async () => {
    await deliverAll(ownerUrl());
    const head = { userId: await user(), networkStaff: true };
    const opened = await openGarden(head, { name: 'Ouvert' }, { name: 'Cléo', email: 'cleo@exemple.fr' });
    expect(opened).toMatchObject({ ok: true, value: { slug: 'ouvert' } });
    const mails = await deliverAll(ownerUrl());
    expect(mails.map(({ to }) => to)).toEqual(['cleo@exemple.fr']);
    expect(tokenIn(mails[0]!)).toMatch(/^[\w-]{32}$/);
    expect(await gardensOf(head.userId)).toEqual([]);
    expect(await database().selectFrom('staff').selectAll().execute()).toEqual([]);
  });

  test('opens one garden of a name, even when the form is sent twice at the same moment', async () => {
    const head = { userId: await user(), networkStaff: true };
    const open = (name: string) => openGarden(head, { name }, { name: 'Adam', email: 'adam@exemple.fr' });
    const answers = await Promise.all([open('Jardin d’Éden'), open('jardin d’eden')]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ fields: { name: expect.stringContaining('porte déjà ce nom') } });
    expect((await gardensOfNetwork(head)).filter(({ name }) => /den$/.test(name))).toHaveLength(1);
  });
});

describe('the team', () => {
  let here: Awaited<ReturnType<typeof garden>>;
  let seller: Actor;
  beforeAll(async () => {
    here = await garden('Équipe');
    seller = actorOf(here.id, await user(), here.roles[1]!.rights);
  });

  test('is changed only with the right to', async () => {
    const id = here.staffId;
    const attempts = [
      () => inviteStaff(seller, { name: 'A', email: 'a@exemple.fr', roleId: 1 }),
      () => addStaff(seller, 'x', 1),
      () => changeRole(seller, { staffId: id, roleId: 1, version: 1 }),
      () => endStaff(seller, { staffId: id }),
      () => createRole(seller, { name: 'Chef', rights: [] }),
      () => updateRole(seller, { roleId: 1, version: 1, name: 'Chef', rights: [] }),
      () => deleteRole(seller, { roleId: 1 }),
      () => listTeam(seller),
      () => saveGarden(seller, form({})),
    ];
    for (const attempt of attempts) await expect((async () => attempt())()).rejects.toThrow(AccessDenied);
  });

  test('a new person gets an account, a role and one letter; a known one keeps her account; nobody comes twice', async () => {
    await deliverAll(ownerUrl());
    const roleId = here.roles[2]!.id;
    const first = await inviteStaff(here.actor, { name: 'Bob Durand', email: 'Bob@Exemple.fr', roleId });
    expect(first).toMatchObject({ ok: true, value: { isNew: true } });
    expect((await deliverAll(ownerUrl())).map(({ text }) => text.includes('jeton='))).toEqual([true]);
    expect(await inviteStaff(here.actor, { name: 'Bob', email: 'bob@exemple.fr', roleId })).toMatchObject({
      ok: false,
      fields: { email: expect.any(String) },
    });
    const other = await garden('Voisin');
    expect(await inviteStaff(other.actor, { name: 'Robert', email: 'bob@exemple.fr', roleId: other.roles[1]!.id })).toMatchObject({
      ok: true,
      value: { isNew: false },
    });
    const mails = await deliverAll(ownerUrl());
    expect(mails.map(({ text }) => text.includes('jeton='))).toEqual([false]);
    if (!first.ok) return;
    expect((await gardensOf(first.value.userId)).map(({ name, role }) => `${name} : ${role}`)).toEqual([
      'Équipe : Préparation et livraison',
      'Voisin : Gestion des ventes',
    ]);
  });

  test('the role of another garden is refused, and a refused invitation leaves neither account nor letter', async () => {
    await deliverAll(ownerUrl());
    const other = await garden('Ailleurs');
    expect(await inviteStaff(here.actor, { name: 'Zoé', email: 'zoe@exemple.fr', roleId: other.roles[0]!.id })).toMatchObject({
      ok: false,
    });
    expect(await deliverAll(ownerUrl())).toEqual([]);
    expect(await database().selectFrom('auth.user').select('id').where('email', '=', 'zoe@exemple.fr').execute()).toEqual([]);
  });

  test('always keeps somebody who can change it, even when two leave at the same moment', async () => {
    const { actor, staffId, roles, id } = await garden('Derniers');
    const [admin, sales] = roles as [(typeof roles)[0], (typeof roles)[0]];
    expect(await endStaff(actor, { staffId })).toMatchObject({ ok: false });
    expect(await changeRole(actor, { staffId, roleId: sales.id, version: 1 })).toMatchObject({ ok: false });
    const less = admin.rights.filter((right: Right) => right !== 'staff:change');
    expect(await updateRole(actor, { roleId: admin.id, version: 1, name: admin.name, rights: less })).toMatchObject({ ok: false });
    const second = await addStaff(systemActor(id), await user(), admin.id);
    if (!second.ok) throw new Error(second.reason);
    const both = await Promise.all([endStaff(actor, { staffId }), endStaff(actor, { staffId: second.value })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('who leaves loses her rights at once, keeps her name in the list, and may come back', async () => {
    const { actor, roles, id } = await garden('Retour');
    const userId = await user('retour@exemple.fr');
    const added = await addStaff(systemActor(id), userId, roles[1]!.id);
    if (!added.ok) throw new Error(added.reason);
    expect(await endStaff(actor, { staffId: added.value })).toMatchObject({ ok: true });
    expect(await gardensOf(userId)).toEqual([]);
    expect(await endStaff(actor, { staffId: added.value })).toMatchObject({ ok: false });
    expect((await listTeam(actor)).members.find((member) => member.userId === userId)?.endedAt).toBeInstanceOf(Date);
    expect(await inviteStaff(actor, { name: 'x', email: 'retour@exemple.fr', roleId: roles[2]!.id })).toMatchObject({ ok: true });
    expect(await gardensOf(userId)).toMatchObject([{ role: 'Préparation et livraison' }]);
  });

  test('roles have names of their own, and go only when nobody has had them', async () => {
    const { actor, roles, id } = await garden('Rôles');
    const chief = await createRole(actor, { name: 'Chef de culture', rights: ['logistics:read'] });
    if (!chief.ok) throw new Error(chief.reason);
    expect(await createRole(actor, { name: 'Chef de culture', rights: [] })).toMatchObject({
      ok: false,
      fields: { name: expect.any(String) },
    });
    expect(await updateRole(actor, { roleId: chief.value, version: 1, name: roles[1]!.name, rights: [] })).toMatchObject({ ok: false });
    expect(await updateRole(actor, { roleId: chief.value, version: 1, name: 'Chef', rights: ['logistics:change'] })).toMatchObject({
      ok: true,
    });
    expect(await updateRole(actor, { roleId: chief.value, version: 1, name: 'Trop tard', rights: [] })).toMatchObject({ ok: false });
    const added = await addStaff(systemActor(id), await user(), chief.value);
    if (!added.ok) throw new Error(added.reason);
    expect(await deleteRole(actor, { roleId: chief.value })).toMatchObject({ ok: false, reason: expect.stringMatching(/sert encore/) });
    const change = { staffId: added.value, roleId: roles[1]!.id, version: 1 };
    expect(await changeRole(actor, change)).toEqual({ ok: true, value: null });
    expect(await changeRole(actor, change), 'sent twice').toEqual({ ok: true, value: null });
    expect(await changeRole(actor, { ...change, roleId: roles[2]!.id }), 'changed meanwhile').toMatchObject({ ok: false });
    expect(await deleteRole(actor, { roleId: chief.value })).toMatchObject({ ok: true });
    expect((await listTeam(actor)).roles).toHaveLength(4);
  });
});
