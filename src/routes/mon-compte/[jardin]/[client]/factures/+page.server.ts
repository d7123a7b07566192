import { ownDocuments } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { readQuery } from '#ui/table.ts';

export const load = async (event) => {
  const { own, today } = await enterOwn(event);
  const query = readQuery(event.url.searchParams, { sorts: [], perPage: 25 });
  return { query, ...(await ownDocuments(own, query, today)) };
};
