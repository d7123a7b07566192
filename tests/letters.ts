import pg from 'pg';
import { deliverMessage } from '../src/domains/messages/index.server.ts';
import type { MailJob } from '../src/platform/jobs/send-mail.ts';
import { sendMail } from '../src/platform/jobs/send-mail.ts';
import type { Mail } from '../src/platform/mail/port.ts';

/** Takes the letters that wait in the queue, as its owner, and gives those that the job would really send. */
export async function deliverAll(ownerUrl: string): Promise<Mail[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ task: string; payload: MailJob & { garden: number; message: number } }>(
    'delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id returning t.identifier as task, payload',
  );
  await owner.end();
  const sent: Mail[] = [];
  const keep = async (mail: Mail) => void sent.push(mail);
  for (const { task, payload } of rows)
    if (task === 'deliver_message')
      await deliverMessage(payload.garden, payload.message, { mail: (_, mail) => keep(mail), sms: async () => {} });
    else if (task === 'send_mail') await sendMail(payload, keep);
  return sent;
}

/** The letters that a garden's outbox holds, as they are laid down: their text is Markdown. @param owner of the database, in the garden. */
export async function lettersLaid(owner: pg.Client): Promise<{ id: number; to: string; subject: string; text: string; state: string }[]> {
  const { rows } = await owner.query('select id, to_address as "to", subject, body as text, state from message order by id');
  return rows;
}

/** The token of the link in a letter. */
export const tokenIn = (mail: Mail): string => decodeURIComponent(/jeton=(\S+)/.exec(mail.text)![1]!);
