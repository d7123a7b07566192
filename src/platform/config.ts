import { resolve } from 'node:path';

/**
 * The environment, read in one place. Code that the command line and the worker also run cannot use `$app/env`.
 * Every variable is described in docs/handbook/09-exploitation.md.
 */
export const config = {
  /** Folder of the embedded PostgreSQL, its secrets and its mails. */
  dataFolder: () => resolve(process.env.COCAGNE_DATA || './data'),
  /** Connection of the owner of the database; absent, the embedded PostgreSQL is started. */
  databaseUrl: () => process.env.DATABASE_URL || null,
  /** Connection of the application role; derived from the owner's when absent. */
  databaseAppUrl: () => process.env.DATABASE_APP_URL || null,
  /** Signs sessions and derives passwords. Generated and kept in the data folder when absent. */
  secret: () => process.env.COCAGNE_SECRET || null,
  /** Address at which people reach the application, without a final slash. */
  publicUrl: () => (process.env.COCAGNE_URL || `http://localhost:${config.port()}`).replace(/\/+$/, ''),
  port: () => Number(process.env.PORT || 3000),
  host: () => process.env.HOST || '127.0.0.1',
  /** The demonstration shows its sign-ins and its mailbox to everyone. */
  demo: () => process.env.COCAGNE_DEMO === 'yes',
  smtpUrl: () => process.env.COCAGNE_SMTP_URL || null,
  mailFrom: () => process.env.COCAGNE_MAIL_FROM || 'Cocagne <ne-pas-repondre@localhost>',
  /** Where maps take their background from (`https://…/{z}/{x}/{y}.png`), and whom to thank for it; without, maps are drawn without one. */
  tilesUrl: () => process.env.COCAGNE_TILES || null,
  tilesCredit: () => process.env.COCAGNE_TILES_CREDIT || '© contributeurs OpenStreetMap',
  /** A road-distance service that speaks as OSRM does (`https://…`, without a final slash); without, distances are reckoned. */
  roadsUrl: () => process.env.COCAGNE_ROADS?.replace(/\/+$/, '') || null,
  /** A geocoding service that speaks as the Base Adresse Nationale does (`https://data.geopf.fr/geocodage`); without, towns and postcodes alone are known. */
  geocodingUrl: () => process.env.COCAGNE_GEOCODING?.replace(/\/+$/, '') || null,
  logLevel: () => process.env.COCAGNE_LOG || 'info',
};
