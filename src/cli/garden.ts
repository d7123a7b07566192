import { database } from '#platform/db/index.ts';
import { CommandFailed } from './command.ts';

/** The garden of a short name, for the command line. */
export async function gardenNamed(slug: string): Promise<{ id: number; name: string }> {
  const found = await database().selectFrom('garden').select(['id', 'name']).where('slug', '=', slug).executeTakeFirst();
  if (found) return found;
  const known = await database().selectFrom('garden').select('slug').orderBy('slug').execute();
  throw new CommandFailed(
    `Aucun jardin ne s’appelle « ${slug} ». ${known.length ? `Jardins connus : ${known.map((row) => row.slug).join(', ')}.` : 'Il n’y en a encore aucun.'}`,
  );
}
