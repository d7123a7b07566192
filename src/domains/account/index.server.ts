/** The door of the account: what customers see and do by themselves in « Mon compte ». */
export { type AccountLook, accountHolder, accountLooks, lookAtAccount } from './server/baskets-look.ts';
