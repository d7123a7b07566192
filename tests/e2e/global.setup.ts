import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { request } from '@playwright/test';
import { people, session, signInBy, type Visitor } from './sign-in.ts';

/** Everybody signs in once: tries are counted, and a hundred tests would be taken for a thief. */
export default async function everybodySignsIn(): Promise<void> {
  rmSync(dirname(session('ventes')), { recursive: true, force: true });
  for (const [visitor, email] of Object.entries(people)) {
    const context = await request.newContext();
    await signInBy(context, email);
    await context.storageState({ path: session(visitor as Visitor) });
    await context.dispose();
  }
}
