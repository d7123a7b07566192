import { listTeam } from '#domains/gardens/index.server.ts';
import { enter } from '#edge/enter.ts';
import { can } from '#platform/access/actor.ts';
import { type Area, areas } from '#platform/access/rights.ts';

export const load = async (event) => {
  const { actor } = enter(event, 'staff:read');
  const { roles } = await listTeam(actor);
  const say = (rights: readonly string[], verb: string) =>
    (Object.keys(areas) as Area[])
      .filter((area) => rights.includes(`${area}:${verb}`) && (verb === 'change' || !rights.includes(`${area}:change`)))
      .map((area) => areas[area]);
  return {
    roles: roles.map(({ id, name, people, rights }) => ({ id, name, people, changes: say(rights, 'change'), reads: say(rights, 'read') })),
    mayChange: can(actor, 'staff:change'),
  };
};
