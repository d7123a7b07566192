import { accountTrail } from '#domains/account/labels-money.ts';
import { basketAsksTrail } from '#domains/account/labels-trail.ts';
import { accountingTrail } from '#domains/accounting/index.server.ts';
import { bankTrail } from '#domains/banking/labels-bank.ts';
import { debitTrail } from '#domains/banking/labels-trail.ts';
import { chargesTrail } from '#domains/billing/labels-charges.ts';
import { productTrail } from '#domains/catalogue/labels.ts';
import { compositionTrail } from '#domains/composition/labels.ts';
import { harvestTrail } from '#domains/composition/labels-harvest.ts';
import { recipeTrail } from '#domains/composition/labels-recipes.ts';
import { customerTrail } from '#domains/customers/labels.ts';
import { deskTrail } from '#domains/desk/labels.ts';
import { employeesTrail } from '#domains/employees/labels.ts';
import { gardenTrail } from '#domains/gardens/labels.ts';
import { givingTrail } from '#domains/giving/labels-trail.ts';
import { logisticsTrail } from '#domains/logistics/index.server.ts';
import { messagesTrail } from '#domains/messages/labels-trail.ts';
import { onlineTrail } from '#domains/online/index.server.ts';
import { paymentTrail } from '#domains/payments/index.server.ts';
import { planTrail } from '#domains/plans/index.server.ts';
import { packingTrail } from '#domains/preparation/labels-packing.ts';
import { produceTrail } from '#domains/produce/index.server.ts';
import { receivablesTrail } from '#domains/receivables/labels-trail.ts';
import { siteTrail } from '#domains/site/labels-trail.ts';
import { subscriptionTrail } from '#domains/subscriptions/labels.ts';
import { workshopTrail } from '#domains/workshops/labels.ts';
import type { TableLabels } from '#platform/audit/say.ts';

/** Every table whose trail can be read, and the right it asks for. */
export const trails: Record<string, TableLabels> = {
  ...gardenTrail,
  ...customerTrail,
  ...productTrail,
  ...logisticsTrail,
  ...planTrail,
  ...compositionTrail,
  ...harvestTrail,
  ...recipeTrail,
  ...produceTrail,
  ...subscriptionTrail,
  ...packingTrail,
  ...accountingTrail,
  ...paymentTrail,
  ...messagesTrail,
  ...onlineTrail,
  ...accountTrail,
  ...basketAsksTrail,
  ...deskTrail,
  ...bankTrail,
  ...debitTrail,
  ...receivablesTrail,
  ...chargesTrail,
  ...siteTrail,
  ...workshopTrail,
  ...employeesTrail,
  ...givingTrail,
};
