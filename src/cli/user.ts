import { z } from 'zod';
import { addStaff } from '#domains/gardens/index.server.ts';
import { addNetworkStaff, foundNetwork, systemNetwork } from '#domains/network/index.server.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { systemActor } from '#platform/access/actor.ts';
import { withDatabase } from '#platform/application/database.ts';
import { accountOf, createUser, setPassword } from '#platform/auth/accounts.ts';
import { signOutEverywhere } from '#platform/auth/own-account.ts';
import { newPassword } from '#platform/auth/password.ts';
import { database } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';
import { type Command, CommandFailed, log, needed, UsageError, type Values } from './command.ts';
import { gardenNamed } from './garden.ts';

export default {
  usage: '--email ADRESSE --name « Prénom Nom » [--garden NOM --role RÔLE] [--network] (mot de passe : variable COCAGNE_PASSWORD)',
  summary: 'Crée un compte, ou lui donne un mot de passe, un jardin et un rôle',
  options: {
    email: { type: 'string', says: 'l’adresse e-mail, qui sert à se connecter' },
    name: { type: 'string', says: 'le nom, pour un nouveau compte' },
    garden: { type: 'string', says: 'le jardin où la personne travaille' },
    role: { type: 'string', says: 'son rôle dans ce jardin (Administrateur par défaut)' },
    network: { type: 'boolean', says: 'la personne travaille à la tête du réseau' },
  },
  words: 0,
  run: (_, values) => {
    const email = needed(values, 'email');
    const given = process.env.COCAGNE_PASSWORD;
    const password = given === undefined ? undefined : newPassword.safeParse(given);
    if (password?.success === false) throw new UsageError(`COCAGNE_PASSWORD : ${password.error.issues[0]?.message}`);
    if (!z.email().safeParse(email.trim()).success)
      throw new UsageError(`--email « ${email} » : une adresse e-mail est attendue, par exemple prenom.nom@exemple.fr.`);
    if (values.role !== undefined && values.garden === undefined)
      throw new UsageError('--role demande --garden : un rôle est celui d’un jardin.');
    return withDatabase(log, async () => {
      // Before anything is written: a garden or a role that does not exist leaves no account behind.
      const place = typeof values.garden === 'string' ? await placeOf(values.garden, values.role) : null;
      const known = await accountOf(email);
      const id = known?.id ?? orFail(await createUser({ name: needed(values, 'name'), email, password: password?.data }));
      if (known && password?.data) {
        await setPassword(id, password.data);
        await signOutEverywhere(id);
      }
      // A network set up from the command line has nobody to walk through the first visit.
      if (values.network) {
        await database()
          .transaction()
          .execute((tx) => foundNetwork(tx, 'Réseau Cocagne'));
        await addNetworkStaff(systemNetwork, id);
      }
      if (place) orFail(await addStaff(systemActor(place.gardenId), id, place.roleId));
      return { json: { id, created: !known }, text: known ? `${email} : compte mis à jour.` : `${email} : compte créé.` };
    });
  },
} satisfies Command;

function orFail<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new CommandFailed(outcome.reason);
  return outcome.value;
}

async function placeOf(slug: string, role: Values[string]): Promise<{ gardenId: number; roleId: number }> {
  const { id: gardenId } = await gardenNamed(slug);
  return { gardenId, roleId: await roleNamed(gardenId, typeof role === 'string' ? role : 'Administrateur') };
}

async function roleNamed(gardenId: number, name: string): Promise<number> {
  const roles = await inGarden(systemActor(gardenId), (tx) => tx.selectFrom('role').select(['id', 'name']).orderBy('id').execute());
  const found = roles.find((role) => role.name.toLocaleLowerCase('fr') === name.toLocaleLowerCase('fr'));
  if (!found) throw new CommandFailed(`Ce jardin n’a pas de rôle « ${name} ». Il a : ${roles.map((role) => role.name).join(', ')}.`);
  return found.id;
}
