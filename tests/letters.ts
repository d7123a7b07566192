import pg from 'pg';
import type { MailJob } from '../src/platform/jobs/send-mail.ts';
import { sendMail } from '../src/platform/jobs/send-mail.ts';
import type { Mail } from '../src/platform/mail/port.ts';

/** Takes the letters that wait in the queue, as its owner, and gives those that the job would really send. */
export async function deliverAll(ownerUrl: string): Promise<Mail[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ payload: MailJob }>('delete from graphile_worker._private_jobs returning payload');
  await owner.end();
  const sent: Mail[] = [];
  for (const { payload } of rows) await sendMail(payload, async (mail) => void sent.push(mail));
  return sent;
}

/** The token of the link in a letter. */
export const tokenIn = (mail: Mail): string => decodeURIComponent(/jeton=(\S+)/.exec(mail.text)![1]!);
