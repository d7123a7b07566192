import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { estimateTable, greatCircle } from './estimate.ts';
import { distances } from './index.ts';
import { osrm } from './osrm.ts';

const epinal = { latitude: 48.1744, longitude: 6.4512 };
const charmes = { latitude: 48.3722, longitude: 6.2925 };
const nancy = { latitude: 48.6921, longitude: 6.1844 };
const habits = { factor: 1.3, speed: 60 };

let server: Server | undefined;
afterEach(() => void server?.close());

/** A road service on this machine. @returns its address, and what it was asked. */
async function serve(answer: (path: string) => { status?: number; body?: unknown; text?: string } | null) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(request.url!);
    const said = answer(request.url!);
    if (!said) return;
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json' }).end(said.text ?? JSON.stringify(said.body));
  });
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('as the crow flies, lengthened', () => {
  // One degree of a great circle: 6371.0088 km × π / 180 = 111.195 km.
  expect(greatCircle({ latitude: 48, longitude: 6 }, { latitude: 49, longitude: 6 })).toBeCloseTo(111_195, 0);
  expect(greatCircle(epinal, epinal)).toBe(0);
  const { metres, seconds } = estimateTable([epinal, nancy], habits);
  const length = greatCircle(epinal, nancy) * 1.3;
  expect(length / 1000).toBeCloseTo(79.1, 0);
  expect(metres).toEqual([
    [0, Math.round(length)],
    [Math.round(length), 0],
  ]);
  // 60 km/h: a minute per kilometre.
  expect(seconds[0]![1]).toBe(Math.round((metres[0]![1]! / 1000) * 60));
});

test('the service table of OSRM: longitudes first, metres and seconds whole', async () => {
  const { address, asked } = await serve(() => ({
    body: {
      code: 'Ok',
      distances: [
        [0, 24_800.4],
        [25_100.6, 0],
      ],
      durations: [
        [0, 1320.2],
        [1350.7, 0],
      ],
    },
  }));
  const told = await distances([epinal, charmes], habits, osrm(address));
  expect(asked).toEqual(['/table/v1/driving/6.451200,48.174400;6.292500,48.372200?annotations=distance,duration']);
  expect(told).toEqual({
    from: 'roads',
    failed: null,
    metres: [
      [0, 24_800],
      [25_101, 0],
    ],
    seconds: [
      [0, 1320],
      [1351, 0],
    ],
  });
});

test.each([
  [{ status: 400, body: { code: 'TooBig', message: 'Too many table coordinates' } }, 'il n’accepte pas autant d’arrêts'],
  [{ status: 400, body: { code: 'NoSegment' } }, 'il refuse la demande (NoSegment)'],
  [
    {
      body: {
        code: 'Ok',
        durations: [
          [0, 1],
          [1, 0],
        ],
        distances: [
          [0, null],
          [1, 0],
        ],
      },
    },
    'il ne connaît pas la route vers un des arrêts',
  ],
  [
    {
      body: {
        code: 'Ok',
        durations: [
          [0, 1],
          [1, 0],
        ],
      },
    },
    'il ne connaît pas la route vers un des arrêts',
  ],
  [{ status: 502, text: '<html>Bad gateway</html>' }, 'sa réponse est illisible'],
  [{ body: ['table'] }, 'sa réponse est illisible'],
])('what it does not say is reckoned, with a word (%#)', async (said, failed) => {
  const { address } = await serve(() => said);
  expect(await distances([epinal, charmes], habits, osrm(address))).toEqual({
    ...estimateTable([epinal, charmes], habits),
    from: 'estimate',
    failed,
  });
});

test('nobody at that address, or nobody who answers', async () => {
  expect(await osrm('http://127.0.0.1:9').table([epinal, charmes])).toEqual({ ok: false, reason: 'il ne répond pas' });
  const { address } = await serve(() => null);
  expect(await osrm(address, 50).table([epinal, charmes])).toEqual({ ok: false, reason: 'il ne répond pas assez vite' });
  server!.closeAllConnections();
});

test('without a service, nothing is asked of anybody', async () => {
  expect(await distances([epinal, charmes], habits, null)).toMatchObject({ from: 'estimate', failed: null });
});
