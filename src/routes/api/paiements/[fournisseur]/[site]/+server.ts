import { findGarden } from '#domains/gardens/index.server.ts';
import { hearNotice } from '#domains/online/index.server.ts';
import { providerKinds } from '#domains/online/rules/provider.ts';
import { today } from '#platform/clock.ts';

const answers = { done: 204, unknown: 400, later: 503 } as const;

/** Where providers announce what happened: a reason to ask them, nothing more. Any answer but 204 makes them say it again later. */
export const POST = async ({ params, request }) => {
  const kind = providerKinds.find((one) => one === params.fournisseur);
  const garden = kind ? await findGarden(params.site) : null;
  if (!kind || !garden || garden.archived_at) return new Response(null, { status: 404 });
  const notice = { body: await request.text(), header: (name: string) => request.headers.get(name) };
  return new Response(null, { status: answers[await hearNotice(garden.id, kind, notice, Date.now(), today())] });
};
