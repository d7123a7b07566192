import { type Day, parseDay } from '#kernel/day.ts';

/** The period of an address; the year so far when none is asked. `error` when one of its days does not exist, or when it ends before it begins. */
export function periodAsked(
  params: URLSearchParams,
  today: Day,
): { from: Day; until: Day; typed: { du: string; au: string }; errors: Record<string, string> } {
  const first = `${today.slice(0, 4)}-01-01`;
  const errors: Record<string, string> = {};
  const read = (name: string, otherwise: Day): Day => {
    const given = params.get(name);
    if (!given) return otherwise;
    const day = parseDay(given);
    if (!day) errors[name] = 'Cette date n’existe pas.';
    return day ?? otherwise;
  };
  const from = read('du', first);
  const until = read('au', today);
  if (until < from) errors.au = 'La période finit avant de commencer.';
  return { from, until, typed: { du: params.get('du') || from, au: params.get('au') || until }, errors };
}
