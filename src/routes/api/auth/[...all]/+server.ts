import { error } from '@sveltejs/kit';
import { forwardAuth } from '#edge/sign-in.ts';

/**
 * What a browser's own script may ask of better-auth: passkeys only, since they need JavaScript. Everything else goes through forms,
 * so it stays closed from outside.
 */
const open = new Set([
  'GET passkey/generate-authenticate-options',
  'POST passkey/verify-authentication',
  'GET passkey/generate-register-options',
  'POST passkey/verify-registration',
]);

const answer = async (event: Parameters<typeof forwardAuth>[0]) => {
  if (!open.has(`${event.request.method} ${event.params.all}`)) error(404, 'Cette page n’existe pas.');
  return forwardAuth(event);
};

export const GET = answer;
export const POST = answer;
