/** The door of paying online: begun by a customer, opened at a provider, believed only once the provider was asked. */
export { type PaymentWish, paysOnline, startPayment } from './server/start.ts';
