import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { SmsRefused, sendByBrevo } from './brevo.ts';

/** Brevo, played by a server of this machine that answers as https://developers.brevo.com documents « Send SMS message to a mobile number ». */

const key = 'xkeysib-essai';
const sms = { to: '+33612345678', from: 'Panier', text: 'Demain, votre panier : 1 € offert.' };
type Heard = { method: string; path: string; headers: IncomingHttpHeaders; body: Record<string, unknown> };

let close = () => {};
afterEach(() => close());

/** @param spoiled answers this instead of what a healthy service would. */
async function brevo(spoiled?: { status: number; body: string }): Promise<{ at: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const body = JSON.parse(text) as Heard['body'];
    heard.push({ method: request.method!, path: request.url!, headers: request.headers, body });
    const answer = (status: number, said: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    };
    if (spoiled) response.writeHead(spoiled.status, { 'content-type': 'application/json' }).end(spoiled.body);
    else if (request.headers['api-key'] !== key) answer(401, { code: 'unauthorized', message: 'Key not found' });
    else if (request.method !== 'POST' || request.url !== '/v3/transactionalSMS/send')
      answer(404, { code: 'document_not_found', message: 'Not found' });
    else if (!/^[1-9]\d{6,14}$/.test(String(body.recipient)))
      answer(400, { code: 'invalid_parameter', message: 'Invalid telephone number' });
    else if (!/^[A-Za-z0-9]{1,11}$/.test(String(body.sender))) answer(400, { code: 'invalid_parameter', message: 'Invalid sender' });
    else
      answer(201, {
        reference: 'ab1cde2fgh3i4jklmno',
        messageId: 1511882900176220,
        smsCount: 1,
        usedCredits: 0.7,
        remainingCredits: 82.85,
      });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { at: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** What becomes of a try: null when it was taken, else what is said and whether trying again is of no use. */
const tried = (at: string, with_ = key, one = sms) =>
  sendByBrevo(with_, one, at).then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof SmsRefused)) throw error;
      return { said: error.message, lasting: error.lasting };
    },
  );

test('one number and one text are handed over once, as the service wants them', async () => {
  const { at, heard } = await brevo();
  expect(await tried(at)).toBeNull();
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({
    method: 'POST',
    path: '/v3/transactionalSMS/send',
    headers: { 'api-key': key, 'content-type': 'application/json', accept: 'application/json' },
    body: { sender: 'Panier', recipient: '33612345678', content: sms.text, type: 'transactional' },
  });
});

test('a wrong key and a wrong number are told as such, and not tried again', async () => {
  const { at } = await brevo();
  expect(await tried(at, 'une autre')).toEqual({ said: 'Le service de SMS ne reconnaît pas la clé.', lasting: true });
  const wrong = { ...sms, to: '+0' };
  expect(await tried(at, key, wrong)).toEqual({ said: 'Ce numéro n’est pas un numéro de mobile valable.', lasting: true });
  // A sender it does not take is not the number's fault.
  expect(await tried(at, key, { ...sms, from: 'Les Jardins de la Vallée' })).toEqual({
    said: 'Le service de SMS a refusé (400).',
    lasting: true,
  });
});

test.each([
  [402, { code: 'not_enough_credits', message: 'Not enough credits' }, 'Il ne reste plus de crédit chez le service de SMS.', true],
  [429, { code: 'too_many_requests', message: 'Rate limit exceeded' }, 'Le service de SMS demande d’attendre.', false],
  [500, { code: 'internal', message: 'phone' }, 'Le service de SMS a refusé (500).', false],
  [503, {}, 'Le service de SMS a refusé (503).', false],
])('%i: what may pass is tried again, what cannot is not', async (status, body, said, lasting) => {
  const { at } = await brevo({ status, body: JSON.stringify(body) });
  expect(await tried(at)).toEqual({ said, lasting });
});

test('an answer that is no JSON is an answer all the same', async () => {
  const { at } = await brevo({ status: 502, body: '<html>Bad gateway</html>' });
  expect(await tried(at)).toEqual({ said: 'Le service de SMS a refusé (502).', lasting: false });
});

test('nobody there: it is tried again later, and what is said holds neither number nor key', async () => {
  const { at } = await brevo();
  close();
  expect(await tried(at)).toEqual({ said: 'Le service d’envoi de SMS ne répond pas.', lasting: false });
});

test('cut off in the middle: it is tried again later', async () => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  close = () => server.close();
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await tried(at)).toEqual({ said: 'Le service d’envoi de SMS ne répond pas.', lasting: false });
});
