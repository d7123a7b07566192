import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { gardenPath } from '#edge/own-host.ts';
import { isUnread } from '#edge/unread.ts';

/** What no script will read is not written for one. */
export const transport: Transport = { unread: { encode: (value) => isUnread(value) && 1, decode: () => null } };

/** On a garden's own host, its public pages are at the root. */
export const reroute: Reroute = ({ url }) => gardenPath(url);
