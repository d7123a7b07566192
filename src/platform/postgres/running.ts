import { ownerUrl } from './connection.ts';
import { readSecrets } from './secrets.ts';

/** Owner's address of the server that an application is running on this folder, for a command beside it; null when none was ever started there. */
export function runningOwnerUrl(folder: string): string | null {
  const secrets = readSecrets(folder);
  return secrets?.port ? ownerUrl(secrets, secrets.port) : null;
}
