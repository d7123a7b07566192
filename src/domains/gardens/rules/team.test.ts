import { expect, test } from 'vitest';
import { hasAdministrator, type Team, without, withRights, withRole } from './team.ts';

const team: Team = {
  members: [
    { id: 1, roleId: 10 },
    { id: 2, roleId: 20 },
  ],
  roles: [
    { id: 10, rights: ['staff:change', 'customers:read'] },
    { id: 20, rights: ['customers:change', 'staff:read'] },
  ],
};

test('a team with somebody who changes the team has an administrator; reading is not enough', () => {
  expect(hasAdministrator(team)).toBe(true);
  expect(hasAdministrator(without(team, 1))).toBe(false);
});

test('the only administrator cannot leave, take another role, nor lose the right', () => {
  expect(hasAdministrator(without(team, 2))).toBe(true);
  expect(hasAdministrator(withRole(team, 1, 20))).toBe(false);
  expect(hasAdministrator(withRights(team, 10, ['customers:read']))).toBe(false);
});

test('another administrator makes it possible', () => {
  const two = withRole(team, 2, 10);
  expect(hasAdministrator(without(two, 1))).toBe(true);
  expect(hasAdministrator(withRole(two, 1, 20))).toBe(true);
});
