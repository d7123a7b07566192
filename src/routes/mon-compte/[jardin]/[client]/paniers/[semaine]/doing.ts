import type { Component } from 'svelte';
import type { Doing } from '#domains/account/schema-baskets.ts';
import type { OwnChoice } from '#domains/subscriptions/index.server.ts';
import { formatEuros } from '#kernel/money.ts';
import LaterIcon from '~icons/lucide/calendar-clock';
import CatchUpIcon from '~icons/lucide/calendar-plus';
import CancelIcon from '~icons/lucide/calendar-x-2';
import MoreIcon from '~icons/lucide/circle-plus';
import GiftIcon from '~icons/lucide/gift';
import PlaceIcon from '~icons/lucide/map-pin';

type Known = { title: string; icon: Component; kind: keyof OwnChoice['told']; say: (choice: OwnChoice) => string };

/** What may be done with a basket, in the order people need it. */
export const knownDoings: Record<Doing, Known> = {
  reporter: { title: 'Reporter', icon: LaterIcon, kind: 'postpone', say: () => 'Le recevoir un autre jour, plus tôt ou plus tard.' },
  annuler: { title: 'Annuler', icon: CancelIcon, kind: 'cancel', say: sayCancelled },
  deplacer: {
    title: 'Changer de lieu ou de jour',
    icon: PlaceIcon,
    kind: 'move',
    say: () => 'Le prendre ailleurs, ou un autre jour de la semaine : une fois, un temps, ou pour de bon.',
  },
  doubler: {
    title: 'En recevoir plus',
    icon: MoreIcon,
    kind: 'double',
    say: ({ terms }) => `Un panier ou plusieurs de plus ce jour-là, à ${formatEuros(terms.priceCents)} l’un.`,
  },
  donner: {
    title: 'Donner',
    icon: GiftIcon,
    kind: 'gift',
    say: () => 'Vous ne venez pas ? Il reste payé, et profite à quelqu’un d’autre.',
  },
  rattraper: { title: 'Rattraper', icon: CatchUpIcon, kind: 'make_up', say: () => 'Recevoir en plus un panier annulé plus tôt.' },
};

function sayCancelled({ byCount, remedy }: OwnChoice): string {
  if (byCount) return 'Pas de panier ce jour-là : il reste à recevoir plus tard.';
  if (remedy === 'credit') return 'Pas de panier ce jour-là : son prix vous revient en avoir.';
  if (remedy === 'make_up') return 'Pas de panier ce jour-là : vous pourrez le rattraper.';
  return 'Pas de panier ce jour-là ; il reste dû.';
}
