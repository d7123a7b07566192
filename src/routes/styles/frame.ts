import type { NavItem } from '#ui/nav.ts';
import CalendarIcon from '~icons/lucide/calendar-days';
import ImportIcon from '~icons/lucide/file-up';
import PinIcon from '~icons/lucide/map-pin';
import RouteIcon from '~icons/lucide/route';
import SettingsIcon from '~icons/lucide/settings-2';
import BasketIcon from '~icons/lucide/shopping-basket';
import HomeIcon from '~icons/lucide/sprout';
import TruckIcon from '~icons/lucide/truck';
import UsersIcon from '~icons/lucide/users-round';

export const nav: NavItem[] = [
  { href: '/styles', label: 'Accueil', icon: HomeIcon, exact: true },
  { href: '/styles/clients', label: 'Clients', icon: UsersIcon },
  { href: '/styles/livraisons', label: 'Livraisons', icon: TruckIcon },
  { href: '/styles/calendrier', label: 'Calendrier', icon: CalendarIcon },
  { href: '/styles/depots', label: 'Points de dépôt', icon: PinIcon, section: 'Organisation' },
  { href: '/styles/tournees', label: 'Tournées', icon: RouteIcon },
  { href: '/styles/formules', label: 'Formules', icon: BasketIcon },
  { href: '/styles/import', label: 'Reprise de données', icon: ImportIcon, section: 'Jardin' },
  { href: '/styles/reglages', label: 'Réglages', icon: SettingsIcon },
];

export const places = [
  { href: '/styles', name: 'Jardin de la Moselle', current: true },
  { href: '/styles?jardin=petit', name: 'Petit jardin de Charmes' },
];

export const person = { name: 'Claire Martin', email: 'claire.martin@exemple.test' };
