import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { networkExists } from '#domains/network/index.server.ts';
import { ownHosts } from '#domains/site/index.server.ts';
import { compress } from '#edge/compress.ts';
import { forgetOthers } from '#edge/device.ts';
import { secure } from '#edge/headers.ts';
import { knowHosts } from '#edge/own-host.ts';
import { PageText } from '#edge/page-text.ts';
import { recognise } from '#edge/recognise.ts';
import { requestNumber } from '#edge/request-number.ts';
import { tooLarge } from '#edge/size.ts';
import { knowUnread } from '#edge/unread.ts';
import { wakes } from '#edge/wakes.ts';
import { AccessDenied } from '#platform/access/actor.ts';
import { onLeave } from '#platform/application/leave.ts';
import { leaveBody } from '#platform/application/whole.ts';
import { config } from '#platform/config.ts';
import { closeDatabase } from '#platform/db/index.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { log } from '#platform/log.ts';
import { countRequest } from '#platform/metrics.ts';
import { jobs } from './jobs.ts';

export const init: ServerInit = async () => {
  knowHosts({ read: ownHosts, platform: config.publicUrl });
  if (process.env.COCAGNE_WORKER === 'apart') return;
  const worker = await startWorker(undefined, jobs);
  onLeave(async () => {
    await worker.stop();
    await closeDatabase();
  });
};

/** Within an answer: whether it sends no script. */
const asleep = new AsyncLocalStorage<boolean>();
knowUnread(() => asleep.getStore() ?? false);

/** Pages that open before a network exists; `anonymous`: nobody has to be recognised there, answers are the same for everyone. */
const openRoutes = new Map([
  ['/installation', 'person'],
  ['/health', 'anonymous'],
  ['/metrics', 'anonymous'],
  ['/speculation', 'anonymous'],
]);

export const handle: Handle = async ({ event, resolve }) => {
  const start = performance.now();
  event.locals.requestId = requestNumber();
  event.locals.person = null;
  event.locals.gardens = [];
  event.locals.networkStaff = false;
  const route = event.route.id;
  const open = openRoutes.get(route?.replace(/\/\([^)]+\)/g, '') ?? '');
  const page = new PageText();
  let response: Response;
  if (tooLarge(event)) {
    response = new Response('Ce qui a été envoyé est trop long.', {
      status: 413,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  } else if (route && !open && !(await networkExists())) {
    response = new Response(null, { status: 303, headers: { location: '/installation' } });
  } else {
    if (route && open !== 'anonymous') await recognise(event);
    const silent = !event.isDataRequest && !wakes(route);
    response = await asleep.run(silent, () => resolve(event, { transformPageChunk: page.transformPageChunk }));
  }
  forgetOthers(event, response);
  secure(event, response);
  const leave = (body: Buffer) => !event.isSubRequest && leaveBody(event.platform?.req, body);
  const answer = await compress(event.request, response, page.of(response), leave);
  const ms = performance.now() - start;
  countRequest(event.request.method, route, answer.status, ms);
  log.info(
    { request: event.locals.requestId, method: event.request.method, route, status: answer.status, ms: Math.round(ms * 10) / 10 },
    'request',
  );
  return answer;
};

/** What people see of an error: a sentence, and a reference that stands in the log too. Never its cause. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const reference = event.locals.requestId ?? 'inconnu';
  if (kind === 'app') return { reference };
  if (kind === 'framework') {
    return { reference, message: error.status === 404 ? 'Cette page n’existe pas.' : 'Cette demande n’a pas pu être comprise.' };
  }
  if (error instanceof AccessDenied) {
    return {
      status: 403,
      reference,
      message: 'Votre rôle ne permet pas de faire cela. Un administrateur de votre jardin peut vous en donner le droit.',
    };
  }
  log.error({ request: reference, route: event.route.id, err: error }, 'error');
  return { reference, message: 'Quelque chose s’est mal passé de notre côté. Rien de ce que vous aviez enregistré n’est perdu.' };
};
