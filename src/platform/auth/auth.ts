import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { magicLink } from 'better-auth/plugins/magic-link';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { config } from '#platform/config.ts';
import { type Db, database } from '#platform/db/index.ts';
import { log } from '#platform/log.ts';
import { knownAt } from './at-home.ts';
import { sendMagicLink } from './mails.ts';
import { MIN_PASSWORD } from './password.ts';
import { ensureSecret } from './secret.ts';
import { IDLE_SECONDS, SESSION_SECONDS, SESSION_UPDATE_SECONDS } from './session.ts';

/** The request's address as the edge knows it; never believed from outside (src/edge/sign-in.ts overwrites it). */
export const ADDRESS_HEADER = 'x-cocagne-address';

/** Seconds during which a link received by e-mail signs in. */
const MAGIC_LINK_SECONDS = 20 * 60;

const secure = () => config.publicUrl().startsWith('https://');

/** Names of the cookies that better-auth sets. Behind TLS they bear the prefix that makes browsers refuse them from plain http. */
export const cookieNames = () => {
  const prefix = secure() ? '__Secure-cocagne' : 'cocagne';
  return { session: `${prefix}.session_token`, endsWithBrowser: `${prefix}.dont_remember` };
};

function make(db: Db) {
  return betterAuth({
    appName: 'Cocagne',
    baseURL: config.publicUrl(),
    basePath: '/api/auth',
    secret: ensureSecret(),
    database: { db: db.withSchema('auth'), type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    // Messages only: their arguments may hold names and addresses.
    logger: { log: (level, message) => log[level === 'error' ? 'error' : 'debug']({ part: 'auth' }, message) },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by the installation, an invitation or the command line; those of customers by their first link.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_UPDATE_SECONDS },
    databaseHooks: {
      user: {
        create: {
          // Customers and prescribers have no account until they open the link sent to the address that their record bears: the letter was read, so it is theirs.
          before: async (user, context) => {
            const known = context?.path === '/magic-link/verify' ? await knownAt(user.email) : null;
            if (!known) throw new APIError('FORBIDDEN', { code: 'NO_ACCOUNT' });
            return { data: { ...user, name: known.name } };
          },
        },
      },
      session: {
        create: {
          before: async (session, context) => {
            // better-auth gives a day to who does not stay signed in.
            const lasting = session.expiresAt.getTime() > Date.now() + (SESSION_UPDATE_SECONDS + 60) * 1000;
            if (!lasting) return { data: { ...session, expiresAt: new Date(Date.now() + IDLE_SECONDS * 1000) } };
            // A link received by e-mail does not stand for the second factor: who asked for one signs in with password and code, or passkey.
            if (context?.path !== '/magic-link/verify') return;
            const user = await context.context.internalAdapter.findUserById(session.userId);
            if ((user as { twoFactorEnabled?: boolean } | null)?.twoFactorEnabled)
              throw new APIError('FORBIDDEN', { code: 'SECOND_FACTOR_NEEDED' });
          },
        },
      },
    },
    // A copy of the database opens no door: links are kept as digests.
    verification: { storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 100,
      // Per network address. The limit per account is in limits.ts; the longest window here also says how long rows are kept.
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/sign-in/magic-link': { window: 900, max: 15 },
        '/reset-password': { window: 900, max: 15 },
        '/two-factor/*': { window: 60, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'cocagne',
      useSecureCookies: secure(),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      magicLink({
        expiresIn: MAGIC_LINK_SECONDS,
        sendMagicLink: ({ email, token, url }) => sendMagicLink(email, token, new URL(url).searchParams.get('callbackURL')),
      }),
      twoFactor({ issuer: 'Cocagne' }),
      passkey({ rpName: 'Cocagne', authenticatorSelection: { residentKey: 'required', userVerification: 'required' } }),
    ],
  });
}

let current: { db: Db; auth: ReturnType<typeof make> } | null = null;

/** better-auth on the open database, made at first use. */
export function auth(): ReturnType<typeof make> {
  const db = database();
  if (current?.db !== db) current = { db, auth: make(db) };
  return current.auth;
}
