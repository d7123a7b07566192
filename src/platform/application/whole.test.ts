import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { leaveBody, WholeAnswer } from './whole.ts';

const page = Buffer.from('Des légumes, chaque semaine.');

/** What a server answers whose pages leave their body on the request, then end an empty answer, as SvelteKit's adapter does. */
async function answered(end: (request: IncomingMessage, answer: WholeAnswer) => void, method = 'GET'): Promise<Response> {
  const server = createServer({ ServerResponse: WholeAnswer }, end);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method });
  const whole = new Response(await response.arrayBuffer(), response);
  await new Promise((resolve) => server.close(resolve));
  return whole;
}

const left = (request: IncomingMessage, answer: WholeAnswer) => {
  expect(leaveBody(request, page)).toBe(true);
  answer.setHeader('content-length', page.length);
  answer.writeHead(422).end();
};

test('a body left on the request is sent whole, with its status and headers', async () => {
  const response = await answered(left);
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
    422,
    String(page.length),
    String(page),
  ]);
});

test('nothing is sent of it to who asks for headers only', async () => {
  const response = await answered(left, 'HEAD');
  expect([response.headers.get('content-length'), await response.text()]).toEqual([String(page.length), '']);
});

test('an answer that writes its own body is left alone', async () => {
  const response = await answered((request, answer) => {
    leaveBody(request, page);
    answer.writeHead(200).end('Autre chose');
  });
  expect(await response.text()).toBe('Autre chose');
});

test('a server that does not take bodies is not left one', () => {
  expect(leaveBody({} as IncomingMessage, page)).toBe(false);
  expect(leaveBody(undefined, page)).toBe(false);
});
