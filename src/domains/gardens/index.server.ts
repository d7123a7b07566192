/** The door of gardens: what other domains, routes and the command line may call. */
export { type CreatedGarden, createGarden, findGarden, gardenRecord, saveGarden } from './server/garden.ts';
export { type GardenHere, gardensHere, type Installation, install, openGarden } from './server/install.ts';
export { createRole, deleteRole, updateRole } from './server/roles.ts';
export type { Member, Role } from './server/store.ts';
export { addStaff, changeRole, endStaff, gardensOf, inviteStaff, listTeam } from './server/team.ts';
export { type GardenSettings, gardenSettings, readSettings } from './settings.ts';
