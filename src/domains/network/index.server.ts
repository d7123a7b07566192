export { type NetworkActor, requireNetwork, systemNetwork } from './actor.ts';
export { addNetworkStaff, foundNetwork, gardensOfNetwork, networkExists, networkName } from './server/commands.ts';
