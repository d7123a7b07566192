import type { Right } from '#platform/access/rights.ts';
import type { NavItem } from '#ui/nav.ts';
import BankIcon from '~icons/lucide/arrow-left-right';
import PayIcon from '~icons/lucide/badge-euro';
import PaymentIcon from '~icons/lucide/banknote';
import BooksIcon from '~icons/lucide/book-open-check';
import CalendarIcon from '~icons/lucide/calendar-days';
import CarrotIcon from '~icons/lucide/carrot';
import PlanIcon from '~icons/lucide/clipboard-list';
import RecipeIcon from '~icons/lucide/cooking-pot';
import OnlineIcon from '~icons/lucide/credit-card';
import InvoiceIcon from '~icons/lucide/file-text';
import ImportIcon from '~icons/lucide/file-up';
import StepsIcon from '~icons/lucide/footprints';
import SiteIcon from '~icons/lucide/globe';
import BalanceIcon from '~icons/lucide/hand-coins';
import SolidarityIcon from '~icons/lucide/heart-handshake';
import GivingIcon from '~icons/lucide/heart-handshake';
import UndoIcon from '~icons/lucide/history';
import WaitingIcon from '~icons/lucide/hourglass';
import DebitIcon from '~icons/lucide/landmark';
import MessagesIcon from '~icons/lucide/mail';
import DriveIcon from '~icons/lucide/map';
import PinIcon from '~icons/lucide/map-pin';
import AsksIcon from '~icons/lucide/message-circle-question';
import NewsletterIcon from '~icons/lucide/newspaper';
import PackageIcon from '~icons/lucide/package';
import PrintIcon from '~icons/lucide/printer';
import BillingIcon from '~icons/lucide/receipt-euro';
import RenewIcon from '~icons/lucide/refresh-cw';
import SubscriptionIcon from '~icons/lucide/repeat-2';
import RouteIcon from '~icons/lucide/route';
import ScaleIcon from '~icons/lucide/scale';
import SettingsIcon from '~icons/lucide/settings-2';
import BasketIcon from '~icons/lucide/shopping-basket';
import HomeIcon from '~icons/lucide/sprout';
import TruckIcon from '~icons/lucide/truck';
import TeamIcon from '~icons/lucide/user-round-cog';
import SignupIcon from '~icons/lucide/user-round-plus';
import UsersIcon from '~icons/lucide/users-round';
import WorkshopIcon from '~icons/lucide/utensils';
import HarvestIcon from '~icons/lucide/wheat';

type Item = Omit<NavItem, 'href' | 'section'> & { path: string; right?: Right; group: string };

/** In the order of a week's work; the first four stand in a phone's bar. */
const items: Item[] = [
  { path: '', label: 'Cette semaine', icon: HomeIcon, exact: true, group: '' },
  { path: '/clients', label: 'Clients', icon: UsersIcon, right: 'customers:read', group: '' },
  { path: '/livraisons', label: 'Livraisons', icon: TruckIcon, right: 'logistics:read', group: '' },
  { path: '/feuilles', label: 'Feuilles', icon: PrintIcon, right: 'preparation:read', group: '' },
  { path: '/preparation', label: 'Préparation', icon: PackageIcon, right: 'preparation:read', group: '' },
  { path: '/en-tournee', label: 'Tournée du jour', icon: DriveIcon, right: 'rounds:read', group: '' },
  { path: '/compositions', label: 'Composition', icon: ScaleIcon, right: 'composition:read', group: '' },
  { path: '/feuille-de-chou', label: 'Feuille de chou', icon: NewsletterIcon, right: 'composition:read', group: '' },
  { path: '/calendrier', label: 'Calendrier', icon: CalendarIcon, right: 'logistics:read', group: '' },
  { path: '/abonnements', label: 'Abonnements', icon: SubscriptionIcon, right: 'subscriptions:read', group: '' },
  { path: '/demandes', label: 'Demandes', icon: AsksIcon, right: 'subscriptions:read', group: '' },
  { path: '/recolte', label: 'Récolte', icon: HarvestIcon, right: 'composition:read', group: '' },
  { path: '/tournees', label: 'Tournées', icon: RouteIcon, right: 'logistics:read', group: 'Organisation' },
  { path: '/depots', label: 'Points de dépôt', icon: PinIcon, right: 'logistics:read', group: 'Organisation' },
  { path: '/attente', label: 'Liste d’attente', icon: WaitingIcon, right: 'subscriptions:read', group: 'Organisation' },
  { path: '/paniers', label: 'Paniers', icon: BasketIcon, right: 'catalogue:read', group: 'Organisation' },
  {
    path: '/produits',
    label: 'Mercuriale',
    icon: CarrotIcon,
    right: 'catalogue:read',
    group: 'Organisation',
    also: ['/fournisseurs', '/equipes-de-culture'],
  },
  { path: '/recettes', label: 'Recettes', icon: RecipeIcon, right: 'composition:read', group: 'Organisation' },
  { path: '/formules', label: 'Formules', icon: PlanIcon, right: 'catalogue:read', group: 'Organisation' },
  {
    path: '/facturation',
    label: 'Facturation',
    icon: BillingIcon,
    right: 'billing:read',
    group: 'Argent',
    also: ['/adhesions', '/contenants', '/soldes-repris'],
  },
  { path: '/factures', label: 'Factures', icon: InvoiceIcon, right: 'billing:read', group: 'Argent' },
  {
    path: '/encaissements',
    label: 'Encaissements',
    icon: PaymentIcon,
    right: 'payments:read',
    group: 'Argent',
    also: ['/remises', '/marches'],
  },
  { path: '/paiements-en-ligne', label: 'Paiements en ligne', icon: OnlineIcon, right: 'payments:read', group: 'Argent' },
  { path: '/prelevements', label: 'Prélèvements', icon: DebitIcon, right: 'payments:read', group: 'Argent' },
  { path: '/banque', label: 'Banque', icon: BankIcon, right: 'payments:read', group: 'Argent' },
  { path: '/soldes', label: 'Soldes', icon: BalanceIcon, right: 'billing:read', group: 'Argent', also: ['/rappels'] },
  { path: '/comptabilite', label: 'Comptabilité', icon: BooksIcon, right: 'accounting:read', group: 'Argent' },
  { path: '/dons', label: 'Dons', icon: GivingIcon, right: 'giving:read', group: 'Solidarité' },
  { path: '/solidarite', label: 'Solidarité', icon: SolidarityIcon, right: 'solidarity:read', group: 'Solidarité' },
  { path: '/ateliers', label: 'Ateliers', icon: WorkshopIcon, right: 'workshops:read', group: 'Solidarité' },
  { path: '/paniers-salaries', label: 'Paniers des salariés', icon: PayIcon, right: 'employees:read', group: 'Solidarité' },
  { path: '/inscriptions', label: 'Inscriptions', icon: SignupIcon, right: 'subscriptions:read', group: 'Public' },
  { path: '/messages', label: 'Messages', icon: MessagesIcon, right: 'messages:read', group: 'Public' },
  { path: '/site', label: 'Site public', icon: SiteIcon, right: 'site:read', group: 'Public' },
  { path: '/renouvellement', label: 'Renouvellement', icon: RenewIcon, right: 'subscriptions:read', group: 'Jardin' },
  { path: '/operations', label: 'Opérations', icon: UndoIcon, right: 'subscriptions:read', group: 'Jardin' },
  { path: '/imports', label: 'Imports', icon: ImportIcon, right: 'imports:read', group: 'Jardin' },
  { path: '/equipe', label: 'Équipe', icon: TeamIcon, right: 'staff:read', group: 'Jardin' },
  { path: '/premiers-pas', label: 'Premiers pas', icon: StepsIcon, group: 'Jardin' },
  { path: '/reglages', label: 'Réglages', icon: SettingsIcon, right: 'settings:read', group: 'Jardin' },
];

/** What this person may open. To change implies to read. A group is named above its first item that is left. */
export function gardenNav(home: string, rights: readonly string[]): NavItem[] {
  const may = (right: Right) => rights.includes(right) || rights.includes(right.replace(':read', ':change'));
  let group = '';
  return items
    .filter(({ right }) => !right || may(right))
    .map(({ path, right, group: own, also, ...item }) => {
      const section = own !== group ? own : undefined;
      group = own;
      return { ...item, href: home + path, section, also: also?.map((one) => home + one) };
    });
}
