import type { Cookies } from '@sveltejs/kit';

export type Flash = { tone: 'info' | 'success' | 'attention' | 'danger'; text: string };

const NAME = 'cocagne.message';

/** Leaves a sentence for the page that follows a redirect: « C’est enregistré ». Shown once. */
export function leaveFlash(cookies: Cookies, text: string, tone: Flash['tone'] = 'success'): void {
  cookies.set(NAME, Buffer.from(JSON.stringify({ tone, text })).toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    maxAge: 60,
    secure: false,
  });
}

/** Takes the sentence that was left, if any. */
export function takeFlash(cookies: Cookies): Flash | null {
  const left = cookies.get(NAME);
  if (!left) return null;
  cookies.delete(NAME, { path: '/', secure: false });
  try {
    const { tone, text } = JSON.parse(Buffer.from(left, 'base64url').toString()) as Flash;
    return ['info', 'success', 'attention', 'danger'].includes(tone) && typeof text === 'string'
      ? { tone, text: text.slice(0, 500) }
      : null;
  } catch {
    return null;
  }
}
