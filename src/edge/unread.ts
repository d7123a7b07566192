/**
 * SvelteKit writes the data of every page as a script's text, even for pages that send no script: for a list of 200 rows that costs more
 * than showing it. What no script will read is shown, never written: one sign stands for it in a text that is thrown away.
 */
let unread: () => boolean = () => false;

/** Says, within an answer, whether it sends no script (src/edge/page-text.ts). On the browser's side, all that came is read. */
export const knowUnread = (ask: () => boolean): void => {
  unread = ask;
};

/** Whether this is all that one `load` gave, as SvelteKit is about to write it, for a page without script. */
export const isUnread = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'uses' in value && 'data' in value && 'type' in value && value.type === 'data' && unread();
