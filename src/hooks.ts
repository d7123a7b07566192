import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { isKept } from '#edge/on-server.ts';
import { gardenPath } from '#edge/own-host.ts';

/** What `onServer` marked stays there: one sign stands for it in the text that nobody reads. */
export const transport: Transport = { onServer: { encode: (value) => isKept(value) && 1, decode: () => null } };

/** On a garden's own host, its public pages are at the root. */
export const reroute: Reroute = ({ url }) => gardenPath(url);
