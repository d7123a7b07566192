import type { Actor } from '#platform/access/actor.ts';
import type { GardenAtWork, PersonAtWork } from '#platform/auth/session.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
      /** Reference to give on the telephone; the same stands in the log. */
      reference?: string;
    }
    interface Locals {
      requestId: string;
      person: PersonAtWork | null;
      /** Works at the network's head office. */
      networkStaff: boolean;
      /** The gardens where the person works, by name; empty on public pages. */
      gardens: { slug: string; name: string }[];
      /** Only on routes of a garden (parameter `jardin`), for a person who works there. */
      garden?: GardenAtWork;
      actor?: Actor;
      /** Token of the session; only for pages that list or end sessions. */
      sessionToken?: string;
    }
  }
}
