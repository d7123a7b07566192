/**
 * Does nothing any more: what no script reads is never written, on any page (unread.ts). Pages that still say it may leave it out; the last one takes this file along.
 */
export const onServer = <T extends object>(data: T): T => data;
