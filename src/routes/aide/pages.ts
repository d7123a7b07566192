import { readHandbook } from './handbook.ts';

/** The handbook as it was when the application was built; read and turned into HTML once, when the server starts. */
export const pages = readHandbook(import.meta.glob<string>('/docs/handbook/*.md', { query: '?raw', import: 'default', eager: true }));
