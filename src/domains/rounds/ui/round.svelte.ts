import type { Round } from '../index.server.ts';
import { type Mark, outdated, type ShownMark, withGestures } from '../rules/marks.ts';
import { keepPage, tellWaiting } from './keep-page.ts';
import { type Kept, newKey, type Outbox, openOutbox } from './outbox.ts';
import { sendAll } from './send.ts';
import { shrink } from './shrink.ts';

/** A day after it was taken, what was said has no use here any more. */
const dayLong = 86_400_000;
/** How often what waits is tried again while the page is open. */
const again = 20_000;

/** What is said on this telephone: shown at once, kept, sent when it can be. Without it (`open` is false) the page's forms are sent as they are. */
export class RoundOnTheWay {
  open = $state(false);
  sending = $state(false);
  state = $state<'sent' | 'no_network' | 'signed_out'>('sent');
  gestures = $state.raw<Kept[]>([]);
  /** What the garden told since the page was made. */
  private told = $state.raw<{ at: string; marks: Mark[] } | null>(null);
  private outbox: Outbox | null = null;
  private round: () => Round;
  private person: string;
  /** Where rounds are: « /gestion/jardin/en-tournee ». */
  private base: string;

  constructor(round: () => Round, person: string, base: string) {
    this.round = round;
    this.person = person;
    this.base = base;
  }

  get marks(): ShownMark[] {
    const round = this.round();
    const known = this.told && this.told.at > round.toldAt ? this.told.marks : round.marks;
    return withGestures(
      known,
      this.gestures.filter((one) => one.deliveryId === round.id),
    );
  }

  get waiting(): Kept[] {
    return this.gestures.filter((one) => !one.takenAt && !one.refusal);
  }

  get refused(): Kept[] {
    return this.gestures.filter((one) => one.refusal);
  }

  /** Once the page is there. @returns what ends it. */
  start(): () => void {
    const send = () => void this.send();
    const seen = () => document.visibilityState === 'visible' && send();
    void openOutbox(this.person)
      .then(async (outbox) => {
        this.outbox = outbox;
        await this.refresh();
        this.open = true;
        await this.send();
        await keepPage(`${this.base}/`);
      })
      .catch(() => {});
    addEventListener('online', send);
    document.addEventListener('visibilitychange', seen);
    const timer = setInterval(() => this.waiting.length && send(), again);
    return () => {
      removeEventListener('online', send);
      document.removeEventListener('visibilitychange', seen);
      clearInterval(timer);
    };
  }

  /** Says something of a stop; `undo` takes back the mark of this key. Kept before it is shown. */
  async say(kind: Kept['kind'], slotId: number, more: { key?: string; note?: string; photo?: File | null } = {}): Promise<void> {
    const photo = more.photo ? await shrink(more.photo) : null;
    const { id } = this.round();
    await this.outbox!.add({
      ...{ kind, slotId, key: more.key ?? newKey(), note: more.note ?? '', photo, hasPhoto: photo !== null },
      ...{ deliveryId: id, url: `${this.base}/${id}/envoi`, saidAt: new Date().toISOString(), takenAt: null, refusal: null },
    });
    await this.refresh();
    void this.send();
  }

  /** What the garden did not take is forgotten. */
  async forget(gesture: Kept): Promise<void> {
    await this.outbox?.remove(gesture.at);
    await this.refresh();
  }

  async send(): Promise<void> {
    if (!this.outbox || this.sending || this.waiting.length === 0) return;
    this.sending = true;
    try {
      // What is said while this is on its way goes with the next turn.
      do {
        const { state, told } = await sendAll(this.outbox);
        this.state = state;
        if (told?.deliveryId === this.round().id) this.told = told;
        await this.refresh();
      } while (this.state === 'sent' && this.waiting.length > 0);
    } finally {
      this.sending = false;
    }
    if (this.state === 'sent') await keepPage(`${this.base}/`).catch(() => {});
  }

  private async refresh(): Promise<void> {
    const { id, toldAt } = this.round();
    const old = (one: Kept) =>
      one.deliveryId === id ? outdated(one, toldAt) : one.takenAt !== null && Date.now() - Date.parse(one.takenAt) > dayLong;
    const all = await this.outbox!.all();
    for (const one of all.filter(old)) await this.outbox!.remove(one.at);
    this.gestures = all.filter((one) => !old(one));
    tellWaiting(this.waiting.length);
  }
}
