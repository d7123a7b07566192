import { gardenPaths, plainHost } from '#domains/site/rules/address.ts';

/**
 * A garden's own host name (« www.jardin.fr ») shows its public pages at the root: `/paniers` there is `/jardins/<slug>/paniers`. Only how the address is
 * read changes (`reroute` in src/hooks.ts); what belongs to the platform (sign-in, account, work) stays where it is, under the platform's name.
 */

type Hosts = { names: Map<string, string>; platform: string };
type Source = { read: () => Promise<Map<string, string>>; platform: () => string };

/** How long names are believed, in milliseconds: another process may have changed them. */
const believed = 30_000;

let source: Source | null = null;
let known: { hosts: Promise<Hosts>; at: number } | null = null;

/** Told once, when the server starts: this file also goes to browsers, which have no database. */
export const knowHosts = (given: Source): void => {
  source = given;
};

/** A garden has just changed its name: it is read again at the next request. */
export const forgetHosts = (): void => {
  known = null;
};

/** Which garden's pages an address shows, as a path of the application; nothing when it is to be read as it stands. */
export async function gardenPath(url: URL): Promise<string | undefined> {
  if (!source || !gardenPaths.includes(url.pathname.split('/')[1] ?? '')) return undefined;
  const host = plainHost(url.host);
  if (host === plainHost(new URL(source.platform()).host)) return undefined;
  if (!known || Date.now() - known.at > believed) {
    const { read, platform } = source;
    known = { hosts: read().then((names) => ({ names, platform: platform() })), at: Date.now() };
    // A database that does not answer is asked again by the next request.
    known.hosts.catch(forgetHosts);
  }
  const slug = (await known.hosts).names.get(host);
  return slug ? `/jardins/${slug}${url.pathname === '/' ? '' : url.pathname}` : undefined;
}
