import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { Way } from '../labels.ts';
import { fill } from '../rules/fill.ts';
import { type Debtor, fillingOf, loadDebtors } from './debtors.ts';

type Who = Pick<Debtor, 'id' | 'lastName' | 'firstName' | 'phone' | 'email' | 'late' | 'since'> & {
  /** What was said of this debt, latest last. */ said: string[];
};

export type ProposedReminder = Who & { stepId: number; way: Way };
export type ReminderProposal = {
  /** By step, in their order; those with nobody are left out. */
  steps: { id: number; name: string; daysLate: number; people: ProposedReminder[] }[];
  /** Who is not reminded today, and why. `from`: the day of the next step, when one is to come. */
  others: (Who & { why: 'wait' | 'small' | 'coming' | 'done'; from: Day | null })[];
  late: Cents;
};

/** Who gets which step today. Six queries. */
export function proposedReminders(actor: Actor, today: Day): Promise<ReminderProposal> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { debtors, steps } = await loadDebtors(tx, today);
    const proposed = debtors.flatMap((one) =>
      one.proposal.kind === 'remind' ? [{ ...whoIs(one), stepId: one.proposal.stepId, way: one.proposal.way }] : [],
    );
    return {
      steps: steps.flatMap(({ id, name, daysLate }) => {
        const people = proposed.filter(({ stepId }) => stepId === id);
        return people.length ? [{ id, name, daysLate, people }] : [];
      }),
      others: debtors.flatMap((one) =>
        one.proposal.kind === 'remind'
          ? []
          : [{ ...whoIs(one), why: one.proposal.kind, from: one.proposal.kind === 'wait' ? one.proposal.from : null }],
      ),
      late: debtors.reduce((sum, { late }) => sum + late, 0),
    };
  });
}

const whoIs = ({ id, lastName, firstName, phone, email, late, since, past }: Debtor): Who => ({
  ...{ id, lastName, firstName, phone, email, late, since },
  said: past.filter((one) => one.since === since).map(({ step }) => step),
});

export type Preview = {
  to: string;
  name: string;
  address: string[];
  step: string;
  way: Way;
  subject: string;
  body: string;
  garden: string;
};

/** A step's text as it would leave for somebody who is late; null when she is not, or the step is gone. Six queries. */
export function previewReminder(actor: Actor, asked: { customerId: number; stepId: number; today: Day }): Promise<Preview | null> {
  requireRight(actor, 'billing:read');
  return readInGarden(actor, async (tx) => {
    const { debtors, steps, garden } = await loadDebtors(tx, asked.today, [asked.customerId]);
    const [debtor] = debtors;
    const step = steps.find(({ id }) => id === asked.stepId);
    if (!debtor || !step) return null;
    const filling = fillingOf(debtor, garden, asked.today);
    return {
      to: debtor.email,
      name: [debtor.civility, debtor.firstName, debtor.lastName].filter(Boolean).join(' '),
      address: [debtor.address, `${debtor.postcode} ${debtor.city}`.trim()].filter(Boolean),
      step: step.name,
      way: step.way === 'mail' && debtor.email === '' ? 'letter' : step.way,
      subject: fill(step.subject, filling),
      body: fill(step.body, filling),
      garden: garden.name,
    };
  });
}
