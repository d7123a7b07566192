import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { unseal } from '#platform/auth/seal.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import type { PaymentProvider, ProviderKind } from '../rules/provider.ts';
import { helloAsso } from './helloasso.ts';
import { stripe } from './stripe.ts';
import { testProvider } from './test-provider.ts';

export const SEALED_FOR = 'online';

export type ProviderRow = {
  id: number;
  kind: ProviderKind;
  active: boolean;
  settings: Partial<Record<string, unknown>>;
  secrets: string;
  method: number | null;
  version: number;
};

/** Those that the garden set up, by kind. One query. */
export async function providerRows(tx: Tx): Promise<Map<ProviderKind, ProviderRow>> {
  const { rows } = await sql<ProviderRow>`
    select id, kind, active, settings, secrets, method_id as method, version from online_provider where garden_id = app_garden()`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.kind, row]));
}

/** Its keys as they were given; null when they cannot be opened any more: the installation's secret has changed. */
export function keysOf(sealed: string): Record<string, string> | null {
  if (sealed === '') return {};
  const opened = unseal(SEALED_FOR, sealed);
  return opened === null ? null : (JSON.parse(opened) as Record<string, string>);
}

const apis = { live: 'https://api.helloasso.com', sandbox: 'https://api.helloasso-sandbox.com', stripe: 'https://api.stripe.com' };

/** The provider of a row, ready to be asked. Refuses when keys are missing or cannot be read. */
export function providerOf(gardenId: number, row: Pick<ProviderRow, 'kind' | 'settings' | 'secrets'>): Outcome<PaymentProvider> {
  if (row.kind === 'test') return config.demo() ? done(testProvider(gardenId)) : refuse('ne sert que dans la démonstration');
  const keys = keysOf(row.secrets);
  if (!keys) return refuse('a des clés que nous ne pouvons plus lire : saisissez-les à nouveau dans les réglages');
  const text = (name: string) => String(row.settings[name] ?? '');
  // Another address than the company's own is for tests: no form sends one.
  const elsewhere = text('address');
  if (row.kind === 'stripe') {
    const { secretKey = '', webhookSecret = '' } = keys;
    return secretKey ? done(stripe({ address: elsewhere || apis.stripe, secretKey, webhookSecret })) : missing();
  }
  const { clientSecret = '', signatureKey = '' } = keys;
  const [organisation, clientId] = [text('organisation'), text('clientId')];
  if (!organisation || !clientId || !clientSecret) return missing();
  const address = elsewhere || (row.settings.sandbox === true ? apis.sandbox : apis.live);
  return done(helloAsso({ address, organisation, clientId, clientSecret, signatureKey }));
}

const missing = () => refuse('n’a pas encore ses clés : complétez les réglages');

/** Why a provider did not do something, without its own words, which may quote what it was sent: for the log. */
export const bare = (reason: string): string => reason.replace(/ : .*\)/s, ')');
