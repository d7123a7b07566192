import type { Transport } from '@sveltejs/kit/hooks';
import { isKept } from '#edge/on-server.ts';

/** What `onServer` marked stays there: one sign stands for it in the text that nobody reads. */
export const transport: Transport = { onServer: { encode: (value) => isKept(value) && 1, decode: () => null } };
