import pg from 'pg';
import { deliverMessage } from '../../src/domains/messages/index.server.ts';
import type { Post } from '../../src/domains/messages/server/deliver.ts';
import { actorOf, systemActor } from '../../src/platform/access/actor.ts';
import { allRights } from '../../src/platform/access/rights.ts';
import { createUser } from '../../src/platform/auth/accounts.ts';
import type { Mail } from '../../src/platform/mail/port.ts';
import type { Sms } from '../../src/platform/sms/port.ts';

/** A garden with a few customers, somebody to write to them, and the letters that left. */
export async function writingGarden(ownerUrl: string, slug = 'ecrit') {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query("select set_config('app.network', 'yes', false)");
  const { rows } = await owner.query(
    "insert into garden (slug, name, phone, email, address, postcode, city, accent) values ($1, 'Jardin d’essai', '03 87 00 00 00', 'bonjour@jardin.test', '2 rue Haute', '57000', 'Metz', '#2f6b2f') returning id",
    [slug],
  );
  const gardenId: number = rows[0].id;
  await owner.query("select set_config('app.garden', $1, false)", [String(gardenId)]);
  const user = await createUser({ name: 'Marie', email: `marie@${slug}.test` });
  if (!user.ok) throw new Error(user.reason);
  const marie = actorOf(gardenId, user.value, allRights);
  const customer = async (
    lastName: string,
    given: { first?: string; email?: string; phone?: string; kind?: string } = {},
  ): Promise<number> =>
    Number(
      (
        await owner.query(
          "insert into customer (garden_id, number, last_name, first_name, email, phone, kind) values ($1, 'C' || (select count(*) from customer), $2, $3, $4, $5, $6) returning id",
          [gardenId, lastName, given.first ?? '', given.email ?? '', given.phone ?? '', given.kind ?? 'person'],
        )
      ).rows[0].id,
    );
  const sent: { mails: (Mail & { by: unknown })[]; texts: Sms[] } = { mails: [], texts: [] };
  const post: Post = { mail: async (by, mail) => void sent.mails.push({ ...mail, by }), sms: async (_, sms) => void sent.texts.push(sms) };
  /** Takes what the queue holds and delivers it. @returns what could not leave. */
  const deliver = async (by: Post = post): Promise<string[]> => {
    const failed: string[] = [];
    const { rows: waiting } = await owner.query(
      "delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'deliver_message' returning payload, run_at > now() as later, j.id",
    );
    for (const { payload } of waiting.toSorted((a, b) => Number(a.id) - Number(b.id)))
      await deliverMessage(payload.garden, payload.message, by).catch((error: Error) => failed.push(error.message));
    return failed;
  };
  const messages = async () =>
    (await owner.query('select m.*, m.to_address as "to" from message m where garden_id = $1 order by id', [gardenId])).rows;
  return { owner, gardenId, marie, system: systemActor(gardenId), customer, sent, post, deliver, messages };
}
