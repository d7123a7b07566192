import type { NavItem } from '#ui/nav.ts';
import LinkIcon from '~icons/lucide/calendar-check';
import CalendarIcon from '~icons/lucide/calendar-days';
import AddressIcon from '~icons/lucide/contact-round';
import PaymentIcon from '~icons/lucide/credit-card';
import DataIcon from '~icons/lucide/file-down';
import InvoiceIcon from '~icons/lucide/file-text';
import HandsIcon from '~icons/lucide/hand-heart';
import GiftIcon from '~icons/lucide/heart-handshake';
import KeyIcon from '~icons/lucide/key-round';
import MessagesIcon from '~icons/lucide/mail';
import SubscriptionIcon from '~icons/lucide/repeat-2';
import BasketIcon from '~icons/lucide/shopping-basket';
import GardenIcon from '~icons/lucide/sprout';
import HouseholdIcon from '~icons/lucide/users-round';
import WorkshopIcon from '~icons/lucide/utensils';

type Item = Omit<NavItem, 'href' | 'section'> & { path: string; group: string };

/** The pages of a customer's space, what is used most first; the first four stand in a phone's bar. */
const items: Item[] = [
  { path: '', label: 'Mes paniers', icon: BasketIcon, exact: true, group: '' },
  { path: '/paniers', label: 'Calendrier', icon: CalendarIcon, group: '' },
  { path: '/factures', label: 'Factures', icon: InvoiceIcon, group: '', also: ['/payer'] },
  { path: '/abonnements', label: 'Abonnements', icon: SubscriptionIcon, group: '' },
  { path: '/paiement', label: 'Paiements', icon: PaymentIcon, group: '' },
  { path: '/ateliers', label: 'Ateliers', icon: WorkshopIcon, group: 'Avec le jardin' },
  { path: '/benevolat', label: 'Coups de main', icon: HandsIcon, group: 'Avec le jardin' },
  { path: '/dons', label: 'Dons', icon: GiftIcon, group: 'Avec le jardin' },
  { path: '/preferences', label: 'Messages reçus', icon: MessagesIcon, group: 'Avec le jardin' },
  { path: '/agenda', label: 'Dans mon agenda', icon: LinkIcon, group: 'Avec le jardin' },
  { path: '/coordonnees', label: 'Coordonnées', icon: AddressIcon, group: 'Moi' },
  { path: '/foyer', label: 'Mon foyer', icon: HouseholdIcon, group: 'Moi' },
  { path: '/mes-donnees', label: 'Mes données', icon: DataIcon, group: 'Moi' },
];

/** @param home the customer's space. `looking`: staff look at it, whose own sign-in is none of its pages. `works`: works in a garden too. */
export function accountNav(home: string, { looking, works }: { looking: boolean; works: boolean }): NavItem[] {
  let group = '';
  const own = items.map(({ path, group: of, also, ...item }) => {
    const section = of !== group ? of : undefined;
    group = of;
    return { ...item, href: home + path, section, also: also?.map((one) => home + one) };
  });
  if (looking) return own;
  const connection: NavItem = { href: '/mon-compte/connexion', label: 'Ma connexion', icon: KeyIcon };
  return [...own, connection, ...(works ? [{ href: '/gestion', label: 'Mes jardins', icon: GardenIcon, exact: true }] : [])];
}
