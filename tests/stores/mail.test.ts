import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../src/platform/auth/accounts.ts';
import { database } from '../../src/platform/db/index.ts';
import { enqueueMail } from '../../src/platform/jobs/enqueue.ts';
import { startWorker } from '../../src/platform/jobs/worker.ts';
import { keepInFolder, keptMails } from '../../src/platform/mail/folder.ts';
import { useDatabase } from '../database.ts';
import { deliverAll } from '../letters.ts';

const { ownerUrl } = useDatabase();
const received: { to: string[]; content: string }[] = [];
let refuseNext = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, callback) {
    let content = '';
    stream.on('data', (chunk) => {
      content += chunk;
    });
    stream.on('end', () => {
      if (refuseNext-- > 0) return callback(Object.assign(new Error('later'), { responseCode: 451 }));
      received.push({ to: session.envelope.rcptTo.map(({ address }) => address), content });
      callback();
    });
  },
});

const letter = (to: string) => ({ to, subject: 'Vos légumes', text: 'Bonjour,\n\nÀ mercredi : été, œufs, crème.' });
const until = async (there: () => boolean) => {
  for (let tries = 0; tries < 100 && !there(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(there()).toBe(true);
};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.COCAGNE_SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`;
});
afterAll(async () => {
  delete process.env.COCAGNE_SMTP_URL;
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test('a letter leaves if, and only if, the transaction that causes it is committed', async () => {
  await expect(
    database()
      .transaction()
      .execute(async (tx) => {
        await enqueueMail(tx, letter('jamais@exemple.fr'));
        throw new Error('undone');
      }),
  ).rejects.toThrow('undone');
  await database()
    .transaction()
    .execute((tx) => enqueueMail(tx, letter('toujours@exemple.fr')));
  expect((await deliverAll(ownerUrl())).map(({ to }) => to)).toEqual(['toujours@exemple.fr']);
});

test('the worker hands it to the mail server, accents whole, and keeps nothing of it', async () => {
  await createUser({ name: 'Connue', email: 'connue@exemple.fr' });
  const worker = await startWorker(ownerUrl());
  try {
    await enqueueMail(database(), { ...letter('inconnue@exemple.fr'), onlyTo: 'account' });
    await enqueueMail(database(), { ...letter('connue@exemple.fr'), onlyTo: 'account' });
    await until(() => received.length === 1);
    expect(received[0]!.to).toEqual(['connue@exemple.fr']);
    expect(received[0]!.content).toContain('Subject: =?UTF-8?Q?Vos_l=C3=A9gumes?=');
    expect(received[0]!.content).toMatch(/=C3=A9t=C3=A9|été/);
  } finally {
    await worker.stop();
  }
  expect(await deliverAll(ownerUrl())).toEqual([]);
});

test('a file goes with its letter, whole', async () => {
  received.length = 0;
  const content = Buffer.from('%PDF-1.7 facture').toString('base64');
  const worker = await startWorker(ownerUrl());
  try {
    const attachments = [{ name: 'facture-F2025-00012.pdf', type: 'application/pdf', content }];
    await enqueueMail(database(), { ...letter('jointe@exemple.fr'), attachments });
    await until(() => received.length === 1);
  } finally {
    await worker.stop();
  }
  expect(received[0]!.content).toContain(content);
  expect(received[0]!.content).toMatch(/application\/pdf[\s\S]*facture-F2025-00012\.pdf/);
});

test('a mail server that is away for a moment loses nothing: the job stays, with its error', async () => {
  received.length = 0;
  refuseNext = 1;
  const worker = await startWorker(ownerUrl());
  try {
    await enqueueMail(database(), letter('patiente@exemple.fr'));
    await until(() => refuseNext === 0);
  } finally {
    await worker.stop();
  }
  expect(received).toEqual([]);
  expect((await deliverAll(ownerUrl())).map(({ to }) => to)).toEqual(['patiente@exemple.fr']);
});

test('the application may add the jobs that exist, and read none', async () => {
  await expect(sql`select enqueue_job('drop_everything', '{}'::jsonb)`.execute(database())).rejects.toThrow(/Unknown job/);
  await expect(sql`select * from graphile_worker._private_jobs`.execute(database())).rejects.toThrow(/permission denied/);
  await expect(sql`select graphile_worker.add_job('send_mail')`.execute(database())).rejects.toThrow(/permission denied/);
});

test('without a mail server, letters stay in a folder, the newest first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cocagne-mails-'));
  expect(await keptMails(folder)).toEqual([]);
  await keepInFolder(folder, letter('une@exemple.fr'), new Date('2025-10-20T08:00:00Z'));
  await keepInFolder(folder, letter('deux@exemple.fr'), new Date('2025-10-20T09:00:00Z'));
  expect((await keptMails(folder)).map(({ to, at }) => `${to} ${at}`)).toEqual([
    'deux@exemple.fr 2025-10-20T09:00:00.000Z',
    'une@exemple.fr 2025-10-20T08:00:00.000Z',
  ]);
  await rm(folder, { recursive: true });
});
