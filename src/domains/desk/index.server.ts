/** The door of the desk: what to do today. */
export { deskAlerts } from './server/alerts.ts';
export { addPostIt, changePostIt, postIt, postIts, tickPostIt } from './server/post-its.ts';
export { type GardenSteps, gardenSteps } from './server/steps.ts';
