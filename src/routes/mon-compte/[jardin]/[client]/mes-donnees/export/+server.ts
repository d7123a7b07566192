import { ownDataJson, ownDataZip } from '#domains/account/index.server.ts';
import { enterOwn } from '#edge/enter-own.ts';
import { fileHeaders } from '#edge/export.ts';
import { now } from '#platform/clock.ts';

/** `?format=json`, or the archive of tables. */
export const GET = async (event) => {
  const { own, garden, today } = await enterOwn(event);
  const about = { garden: garden.gardenName, at: now() };
  const name = `mes-donnees-${today}`;
  return event.url.searchParams.get('format') === 'json'
    ? new Response(await ownDataJson(own, about), { headers: fileHeaders(`${name}.json`, 'application/json; charset=utf-8') })
    : new Response(new Uint8Array(await ownDataZip(own, about)), { headers: fileHeaders(`${name}.zip`, 'application/zip') });
};
