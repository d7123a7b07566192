import type { MessageRow } from '#domains/messages/index.server.ts';
import { channelLabels, stateLabels, stateTones } from '#domains/messages/labels.ts';
import { eventOf, isEvent } from '#domains/messages/rules/events.ts';
import { badge, inline, lines } from '#ui/cell.ts';
import type { Column } from '#ui/table.ts';

export const sayOccasion = (event: string | null): string =>
  event === null ? 'Message du jardin' : isEvent(event) ? eventOf(event).name : 'Message';

const moment = new Intl.DateTimeFormat('fr-FR', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Paris',
});
const year = new Intl.DateTimeFormat('fr-FR', { year: 'numeric', timeZone: 'Europe/Paris' });
/** « 22 nov. 15:28 », with the year under it. */
const brief = (at: Date) => lines(moment.format(at).replace(' à ', ', ').replace(':', ' h '), year.format(at));

/** What became of a message: « Pas envoyé », and why. */
const became = (row: MessageRow) =>
  lines(
    row.channel === 'sms'
      ? inline(badge(stateLabels[row.state], stateTones[row.state]), badge(channelLabels.sms))
      : badge(stateLabels[row.state], stateTones[row.state]),
    row.error,
  );

const message: Column<MessageRow> = { key: 'message', label: 'Message', cell: (row) => lines(row.subject, sayOccasion(row.event)) };
const rest: Column<MessageRow>[] = [
  { key: 'date', label: 'Quand', cell: (row) => brief(row.sentAt ?? row.at), sortable: true, nowrap: true },
  { key: 'etat', label: 'État', cell: became },
];

/** A list of messages to anybody. */
export const messageColumns: Column<MessageRow>[] = [
  { key: 'client', label: 'À qui', cell: (row) => (row.customer ? lines(row.customer, row.to) : row.to || 'Sans adresse'), sortable: true },
  message,
  ...rest,
];

/** Those of one customer. */
export const ownColumns: Column<MessageRow>[] = [message, ...rest.map((column) => ({ ...column, sortable: false }))];
