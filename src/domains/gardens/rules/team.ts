/** What decides who can do what in a garden: people at work, each with a role, and the rights of each role. */
export type Team = { members: { id: number; roleId: number }[]; roles: { id: number; rights: readonly string[] }[] };

/** A garden must keep somebody who can invite, change roles and end: otherwise nobody could ever mend it. */
export function hasAdministrator(team: Team): boolean {
  const keys = new Set(team.roles.filter(({ rights }) => rights.includes('staff:change')).map(({ id }) => id));
  return team.members.some(({ roleId }) => keys.has(roleId));
}

export const withRole = (team: Team, memberId: number, roleId: number): Team => ({
  ...team,
  members: team.members.map((member) => (member.id === memberId ? { ...member, roleId } : member)),
});

export const without = (team: Team, memberId: number): Team => ({ ...team, members: team.members.filter(({ id }) => id !== memberId) });

export const withRights = (team: Team, roleId: number, rights: readonly string[]): Team => ({
  ...team,
  roles: team.roles.map((role) => (role.id === roleId ? { ...role, rights } : role)),
});
