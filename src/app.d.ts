import type { Actor } from '#platform/access/actor.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Reference to give on the telephone; the same stands in the log. */
      reference?: string;
    }
    interface Locals {
      requestId: string;
      person: { id: string; name: string; email: string } | null;
      /** Only on routes of a garden (parameter `jardin`), for a person who works there. */
      garden?: { id: number; slug: string; name: string; accent: string | null; settings: Record<string, unknown>; takenOverOn: string | null };
      actor?: Actor;
    }
  }
}
