import type { Gesture } from '../rules/marks.ts';

/** What was said on this telephone and that the garden may not know yet, kept by the browser (IndexedDB) until it has arrived. */

export type Kept = Gesture & {
  deliveryId: number;
  /** Who said it: nobody else sees it, or sends it. */
  person: string;
  /** Where it is sent. */
  url: string;
  photo: Blob | null;
};

export type Outbox = {
  /** What this person said, in order. */
  all(): Promise<Kept[]>;
  add(gesture: Omit<Kept, 'at' | 'person'>): Promise<void>;
  put(gesture: Kept): Promise<void>;
  remove(at: number): Promise<void>;
};

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Rejects where the browser keeps nothing: the page then sends its forms as without JavaScript. */
export async function openOutbox(person: string): Promise<Outbox> {
  const opening = indexedDB.open('cocagne-tournee', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('gestes', { keyPath: 'at', autoIncrement: true });
  const db = await settled(opening);
  const store = (mode: IDBTransactionMode) => db.transaction('gestes', mode).objectStore('gestes');
  return {
    all: async () => ((await settled(store('readonly').getAll())) as Kept[]).filter((one) => one.person === person),
    add: async (gesture) => void (await settled(store('readwrite').add({ ...gesture, person }))),
    put: async (gesture) => void (await settled(store('readwrite').put(gesture))),
    remove: async (at) => void (await settled(store('readwrite').delete(at))),
  };
}

/** Unlike `crypto.randomUUID`, also without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
