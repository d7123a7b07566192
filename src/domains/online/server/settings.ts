import { sql } from 'kysely';
import { methods } from '#domains/payments/index.server.ts';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { seal } from '#platform/auth/seal.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { providerLabels } from '../labels.ts';
import type { ProviderKind } from '../rules/provider.ts';
import type { Chosen, HelloAssoValues, StripeValues } from '../schema.ts';
import { ensureMethod } from './method.ts';
import { keysOf, type ProviderRow, providerOf, providerRows, SEALED_FOR } from './providers.ts';

export type OnlineSettings = {
  active: ProviderKind | null;
  /** Of the whole page: the sum of all versions, so that two people see each other. */
  versions: Record<ProviderKind, number>;
  method: number | null;
  methods: { id: number; name: string }[];
  /** What can be chosen: the provider for trying in a demonstration alone. */
  kinds: ProviderKind[];
  /** What is no secret; and which keys are there, which cannot be read any more. */
  helloasso: { organisation: string; clientId: string; sandbox: boolean; has: string[]; lost: boolean };
  stripe: { has: string[]; lost: boolean; live: boolean };
  /** Where providers send their notifications. */
  notices: Record<ProviderKind, string>;
};

/** What the page of settings shows: never a key. Two queries. @param slug the garden's. */
export function onlineSettings(actor: Actor, slug: string): Promise<OnlineSettings> {
  requireRight(actor, 'settings:read');
  return readInGarden(actor, async (tx) => {
    const [rows, ways] = await Promise.all([providerRows(tx), methods(tx)]);
    const keys = (kind: ProviderKind) => {
      const row = rows.get(kind);
      const opened = keysOf(row?.secrets ?? '');
      return { has: Object.keys(opened ?? {}).filter((name) => opened![name] !== ''), lost: opened === null, opened };
    };
    const { settings = {} } = rows.get('helloasso') ?? {};
    const [ofHelloAsso, ofStripe] = [keys('helloasso'), keys('stripe')];
    const active = [...rows.values()].find((row) => row.active);
    const notice = (kind: ProviderKind) => `${config.publicUrl()}/api/paiements/${kind}/${slug}`;
    return {
      active: active?.kind ?? null,
      versions: {
        helloasso: rows.get('helloasso')?.version ?? 0,
        stripe: rows.get('stripe')?.version ?? 0,
        test: rows.get('test')?.version ?? 0,
      },
      method: active?.method ?? [...rows.values()].find((row) => row.method)?.method ?? null,
      methods: ways.filter(({ kind }) => kind === 'card' || kind === 'other').map(({ id, name }) => ({ id, name })),
      kinds: config.demo() ? ['helloasso', 'stripe', 'test'] : ['helloasso', 'stripe'],
      helloasso: {
        organisation: String(settings.organisation ?? ''),
        clientId: String(settings.clientId ?? ''),
        sandbox: settings.sandbox === true,
        has: ofHelloAsso.has,
        lost: ofHelloAsso.lost,
      },
      stripe: { has: ofStripe.has, lost: ofStripe.lost, live: ofStripe.opened?.secretKey?.includes('_live_') ?? false },
      notices: { helloasso: notice('helloasso'), stripe: notice('stripe'), test: notice('test') },
    };
  });
}

/** Chooses who takes the money, or nobody. Keys that are missing are asked for before. */
export function chooseProvider(actor: Actor, { active, method }: Chosen): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  return inGarden(actor, async (tx) => {
    const rows = await providerRows(tx);
    if (active !== '' && active !== 'test') {
      const ready = rows.has(active)
        ? providerOf(actor.gardenId, rows.get(active)!)
        : refuse('n’a pas encore ses clés : complétez les réglages');
      if (!ready.ok) return refuse(`${providerLabels[active].name} ${ready.reason}.`, { active: 'Donnez d’abord ses clés, plus bas.' });
    }
    if (active === 'test' && !config.demo()) return refuse('Le prestataire d’essai ne sert que dans la démonstration.');
    const way = method ?? (active === '' ? null : await ensureMethod(tx, actor.gardenId));
    await sql`update online_provider set active = false, version = version + 1
      where garden_id = app_garden() and active and kind <> ${active}`.execute(tx);
    if (active !== '')
      await sql`
        insert into online_provider (garden_id, kind, active, method_id) values (${actor.gardenId}, ${active}, true, ${way})
        on conflict (garden_id, kind) do update set active = true, method_id = excluded.method_id, version = online_provider.version + 1
        where not online_provider.active or online_provider.method_id is distinct from excluded.method_id`.execute(tx);
    return done(null);
  });
}

/** HelloAsso's settings and keys; keys left empty stay. */
export function saveHelloAsso(actor: Actor, values: HelloAssoValues): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  const { organisation, clientId, sandbox, clientSecretNew, signatureKeyNew } = values;
  return inGarden(actor, (tx) =>
    save(
      tx,
      actor.gardenId,
      'helloasso',
      values.version,
      { organisation, clientId, sandbox },
      { clientSecret: clientSecretNew, signatureKey: signatureKeyNew },
      {
        clientSecret: ['clientSecretNew', 'Recopiez-le depuis HelloAsso.'],
      },
    ),
  );
}

/** Stripe's keys; those left empty stay. */
export function saveStripe(actor: Actor, { version, secretKeyNew, webhookSecretNew }: StripeValues): Promise<Outcome<null>> {
  requireRight(actor, 'settings:change');
  return inGarden(actor, (tx) =>
    save(
      tx,
      actor.gardenId,
      'stripe',
      version,
      {},
      { secretKey: secretKeyNew, webhookSecret: webhookSecretNew },
      {
        secretKey: ['secretKeyNew', 'Recopiez-la depuis Stripe.'],
        webhookSecret: ['webhookSecretNew', 'Recopiez-le depuis Stripe, une fois le webhook créé.'],
      },
    ),
  );
}

async function save(
  tx: Tx,
  gardenId: number,
  kind: ProviderKind,
  version: number,
  settings: Record<string, unknown>,
  keys: Record<string, string>,
  needed: Record<string, [field: string, said: string]>,
): Promise<Outcome<null>> {
  const row: ProviderRow | undefined = (await providerRows(tx)).get(kind);
  if ((row?.version ?? 0) !== version)
    return refuse(
      'Ces réglages viennent d’être modifiés par quelqu’un d’autre. Relisez-les, puis enregistrez à nouveau ; les clés sont à recopier.',
    );
  const kept = keysOf(row?.secrets ?? '') ?? {};
  const all = Object.fromEntries(Object.entries(keys).map(([name, typed]) => [name, typed || (kept[name] ?? '')]));
  const missing = Object.entries(needed).flatMap(([name, [field, said]]) => (all[name] ? [] : [[field, said] as const]));
  if (missing.length > 0) return refuse('Il manque une clé.', Object.fromEntries(missing));
  await sql`
    insert into online_provider (garden_id, kind, settings, secrets) values (${gardenId}, ${kind}, ${JSON.stringify(settings)}, ${seal(SEALED_FOR, JSON.stringify(all))})
    on conflict (garden_id, kind) do update set settings = online_provider.settings || excluded.settings, secrets = excluded.secrets, version = online_provider.version + 1`.execute(
    tx,
  );
  return done(null);
}

/** Tries a provider's keys. @returns whose account they open, in words. */
export async function tryProvider(actor: Actor, kind: ProviderKind): Promise<Outcome<string>> {
  requireRight(actor, 'settings:change');
  const row = await readInGarden(actor, async (tx) => (await providerRows(tx)).get(kind));
  const { name } = providerLabels[kind];
  const speaks = row ? providerOf(actor.gardenId, row) : refuse('n’a pas encore ses clés : complétez les réglages');
  const answered = speaks.ok ? await speaks.value.check() : speaks;
  return answered.ok ? answered : refuse(`${name} ${answered.reason}.`);
}
