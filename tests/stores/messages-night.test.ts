import { beforeEach, expect, test } from 'vitest';
import { remindBaskets } from '../../src/domains/composition/index.server.ts';
import { saveText, textPage } from '../../src/domains/messages/index.server.ts';
import type { EventName } from '../../src/domains/messages/rules/events.ts';
import { tellEndings } from '../../src/domains/subscriptions/index.server.ts';
import { systemActor } from '../../src/platform/access/actor.ts';
import { lettersLaid } from '../letters.ts';
import { garden, lea, useRequests } from './requests.garden.ts';

useRequests();
const eve = '2025-10-21';
const noon = new Date('2025-10-21T10:00:00Z');
const night = () => systemActor(garden.gardenId);

/** The garden asks for what leaves by itself. */
async function ask(event: EventName): Promise<void> {
  const { values, version } = await textPage(garden.marie, event);
  expect(await saveText(garden.marie, event, version, { ...values, byMail: true })).toMatchObject({ ok: true });
}

beforeEach(async () => {
  await garden.owner.query('delete from message; delete from message_template');
  await garden.owner.query("update customer set email = 'lea@exemple.test'");
});

test('on the eve of a basket, its customer is reminded of it once, where the garden asked for it', async () => {
  await remindBaskets(night(), eve, noon);
  expect(await lettersLaid(garden.owner)).toEqual([]);
  await ask('basket_reminder');
  await remindBaskets(night(), eve, noon);
  await remindBaskets(night(), eve, noon);
  const [letter, ...more] = await lettersLaid(garden.owner);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ to: 'lea@exemple.test', subject: 'Demain, votre panier' });
  expect(letter!.text).toMatch(/\*\*mercredi 22 octobre\*\*[\s\S]*- 1 Simple : Gare/);
  // Nothing leaves from that day's tours the day after.
  await remindBaskets(night(), '2025-10-24', noon);
  expect(await lettersLaid(garden.owner)).toHaveLength(1);
});

test('a subscription that nothing carries on is told to end, once; one that goes on is not', async () => {
  await ask('subscription_ending');
  await tellEndings(night(), '2025-12-01');
  expect(await lettersLaid(garden.owner)).toEqual([]);
  await garden.owner.query("update subscription set renews = true where frequency = 'even_weeks'");
  await tellEndings(night(), '2025-12-12');
  await tellEndings(night(), '2025-12-13');
  const letters = await lettersLaid(garden.owner);
  expect(letters.map(({ subject }) => subject)).toEqual(['Votre abonnement se termine le mercredi 31 décembre']);
  expect(letters[0]!.text).toContain(`/${lea}`);
});
