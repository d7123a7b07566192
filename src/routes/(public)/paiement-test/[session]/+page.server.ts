import { error, redirect } from '@sveltejs/kit';
import { actInTest, testActs, testSession } from '#domains/online/index.server.ts';

/** The page of the provider for trying: another company's, as it were. It says nothing to ours but by notification, and when it is asked. */
export const load = async ({ params }) => {
  const session = await testSession(params.session);
  if (!session) error(404, 'Cette page n’existe pas.');
  return { session };
};

export const actions = {
  default: async ({ params, request }) => {
    const asked = String((await request.formData()).get('act') ?? '');
    const act = testActs.find((one) => one === asked);
    const back = act ? await actInTest(params.session, act) : null;
    if (!back) error(404, 'Cette page n’existe pas.');
    redirect(303, back);
  },
};
