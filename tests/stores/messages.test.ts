import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Notice, notify, writeTo } from '../../src/domains/messages/index.server.ts';
import { readMessageId, readStop } from '../../src/domains/messages/server/token.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { SmsRefused } from '../../src/platform/sms/brevo.ts';
import { useDatabase } from '../database.ts';
import { countingQueries } from '../queries.ts';
import { writingGarden } from './messages.garden.ts';

const { ownerUrl } = useDatabase();
let garden: Awaited<ReturnType<typeof writingGarden>>;
let [jeanne, sans, cafe]: number[] = [];
const reminder = (customerId: number): Notice<'basket_reminder'> => ({
  event: 'basket_reminder',
  customerId,
  variables: { jour: 'jeudi 8 octobre', paniers: ['1 panier : Mairie_de_Woippy, 16 h'], contenu: [] },
});
const send = (...notices: Notice[]) => inGarden(garden.marie, (tx) => notify(tx, garden.gardenId, notices));

beforeAll(async () => {
  garden = await writingGarden(ownerUrl());
  jeanne = await garden.customer('Martin', { first: 'Jeanne', email: 'jeanne@exemple.test', phone: '03 87 11 11 11 / 06 12 34 56 78' });
  sans = await garden.customer('Noël', { first: 'Paul' });
  cafe = await garden.customer('Café *du* Port', { email: 'cafe@exemple.test', kind: 'organisation' });
});
afterAll(() => garden?.owner.end());
beforeEach(async () => {
  await garden.owner.query(
    'delete from message_file; delete from message_bounce; delete from message; delete from message_preference; delete from message_template; delete from graphile_worker._private_jobs',
  );
  // What leaves by itself leaves once the garden asked for it.
  await garden.owner.query("insert into message_template (garden_id, event) values ($1, 'basket_reminder')", [garden.gardenId]);
  garden.sent.mails.length = 0;
  garden.sent.texts.length = 0;
});

describe('what is announced', () => {
  test('leaves once it is committed, as text and as HTML, in the name of the garden', async () => {
    await expect(
      inGarden(garden.marie, async (tx) => {
        await notify(tx, garden.gardenId, [reminder(jeanne!)]);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await send(reminder(jeanne!));
    expect(await garden.deliver()).toEqual([]);
    const [mail, ...more] = garden.sent.mails;
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: 'jeanne@exemple.test', subject: 'Demain, votre panier', replyTo: 'bonjour@jardin.test', by: null });
    expect(mail!.from).toMatch(/^"Jardin d’essai" <.+@.+>$/);
    expect(mail!.text).toContain(
      'Bonjour Jeanne,\n\nDemain, jeudi 8 octobre, votre panier vous attend :\n\n- 1 panier : Mairie_de_Woippy, 16 h\n\nBonne cuisine !',
    );
    expect(mail!.html).toContain('<li>1 panier : Mairie_de_Woippy, 16 h</li>');
    expect(await garden.messages()).toMatchObject([
      { event: 'basket_reminder', customer_id: jeanne, state: 'sent', tries: 1, created_by: garden.marie.userId },
    ]);
    expect(readMessageId(`<${mail!.messageId}>`)).toEqual({ gardenId: garden.gardenId, id: Number((await garden.messages())[0].id) });
  });

  test('asked of the queue twice, it leaves once', async () => {
    await send(reminder(jeanne!));
    await garden.owner.query("select graphile_worker.add_job('deliver_message', payload) from graphile_worker._private_jobs");
    await garden.deliver();
    expect(garden.sent.mails).toHaveLength(1);
  });

  test('a hundred customers cost no more statements than one', async () => {
    const one = await countingQueries(() => send(reminder(jeanne!)));
    const many = await countingQueries(() => send(...Array.from({ length: 100 }, () => reminder(jeanne!))));
    expect(many.queries).toHaveLength(one.queries.length);
  });

  test('files go along, and a file of a name with accents keeps its bytes', async () => {
    const content = Buffer.from('%PDF é').toString('base64');
    await send({
      event: 'invoice_sent',
      customerId: cafe!,
      variables: { document: 'facture F1', montant: '4 €', echeance: '', reglee: '', message: '' },
      attachments: [{ name: 'é.pdf', type: 'application/pdf', content }],
    });
    await garden.deliver();
    expect(garden.sent.mails[0]).toMatchObject({
      to: 'cafe@exemple.test',
      attachments: [{ name: 'é.pdf', type: 'application/pdf', content }],
    });
    expect(garden.sent.mails[0]!.text).toContain('Bonjour Café *du* Port,');
    expect(garden.sent.mails[0]!.headers).toBeUndefined();
  });

  test('somebody who is not a customer is written to as well, and answers go where it is said', async () => {
    await inGarden(garden.system, (tx) =>
      writeTo(tx, garden.gardenId, {
        to: 'bonjour@jardin.test',
        event: 'contact_message',
        replyTo: 'qui@exemple.test',
        variables: { auteur: 'Dominique', adresse: 'qui@exemple.test', appel: '', objet: 'Une question', texte: 'Livrez-vous\n- à Metz ?' },
      }),
    );
    await garden.deliver();
    expect(garden.sent.mails[0]).toMatchObject({
      to: 'bonjour@jardin.test',
      subject: 'Une question : Dominique vous écrit',
      replyTo: 'qui@exemple.test',
    });
    expect(garden.sent.mails[0]!.text).toContain('Livrez-vous\n- à Metz ?');
  });

  test('a customer of another garden is a fault of whoever asks', async () => {
    const other = await writingGarden(ownerUrl(), 'ailleurs');
    const there = await other.customer('Voisin', { email: 'voisin@exemple.test' });
    await other.owner.end();
    await expect(send(reminder(there))).rejects.toThrow(/No customer/);
  });
});

describe('what cannot leave is kept with its reason', () => {
  test('no address, letters that come back, what is not wanted: what has to be said is said all the same', async () => {
    await garden.owner.query("insert into message_preference (garden_id, customer_id, kind, wanted) values ($1, $2, 'reminder', false)", [
      garden.gardenId,
      jeanne,
    ]);
    await garden.owner.query("insert into message_bounce (garden_id, address) values ($1, 'CAFE@exemple.test')", [garden.gardenId]);
    const changed = { event: 'change_confirmed' as const, variables: { changement: 'Rien ne change.', suite: [] } };
    await send(reminder(sans!), reminder(jeanne!), reminder(cafe!), { ...changed, customerId: jeanne! });
    await garden.deliver();
    expect((await garden.messages()).map(({ state, error }) => [state, error])).toEqual([
      ['unsent', 'Pas d’adresse e-mail.'],
      ['unsent', 'Ne souhaite pas recevoir les rappels.'],
      ['unsent', 'Les messages reviennent de cette adresse.'],
      ['sent', ''],
    ]);
    expect(garden.sent.mails.map(({ to }) => to)).toEqual(['jeanne@exemple.test']);
  });

  test('a server that is away is tried again later; an address that does not exist is set aside', async () => {
    await send(reminder(jeanne!));
    const away = {
      ...garden.post,
      mail: async () => {
        throw Object.assign(new Error('x jeanne@exemple.test'), { responseCode: 451 });
      },
    };
    expect(await garden.deliver(away)).toEqual(['A message could not leave yet; it will be tried again.']);
    expect(await garden.messages()).toMatchObject([{ state: 'waiting', tries: 1, error: 'Le serveur d’envoi demande d’attendre (451).' }]);
    await send(reminder(cafe!));
    const unknown = {
      ...garden.post,
      mail: async () => {
        throw Object.assign(new Error('no such user'), { responseCode: 550 });
      },
    };
    expect(await garden.deliver(unknown)).toEqual([]);
    expect((await garden.messages())[1]).toMatchObject({ state: 'failed', error: 'Cette adresse n’existe pas, ou refuse nos messages.' });
    await send(reminder(cafe!));
    expect((await garden.messages())[2]).toMatchObject({ state: 'unsent' });
  });

  test('after the last try it is given up, and said', async () => {
    await send(reminder(jeanne!));
    await garden.owner.query('update message set tries = 13');
    const away = {
      ...garden.post,
      mail: async () => {
        throw Object.assign(new Error('x'), { code: 'ECONNECTION' });
      },
    };
    expect(await garden.deliver(away)).toEqual([]);
    expect(await garden.messages()).toMatchObject([{ state: 'failed', tries: 14, error: 'Le serveur d’envoi ne répond pas.' }]);
  });
});

describe('the garden’s own choices', () => {
  const own = (values: { subject?: string; body?: string; mail?: boolean; sms?: boolean }) =>
    garden.owner.query(
      "update message_template set own_text = $2, subject = $3, body = $4, by_mail = $5, by_sms = $6 where garden_id = $1 and event = 'basket_reminder'",
      [garden.gardenId, values.body !== undefined, values.subject ?? '', values.body ?? '', values.mail ?? true, values.sms ?? false],
    );

  test('its words stand in for those of the house; a text that cannot be filled keeps no letter back', async () => {
    await own({ subject: 'Coucou {{ prenom }}', body: 'À demain, {{ nom }}. {{ paniers }}' });
    await send(reminder(jeanne!));
    await garden.owner.query("update message_template set body = '{{ jour | inconnu }}'");
    await send(reminder(jeanne!));
    const [mine, house] = await garden.messages();
    expect(mine).toMatchObject({ subject: 'Coucou Jeanne', body: expect.stringContaining('À demain, Martin.') });
    expect(house.body).toContain('Bonne cuisine');
  });

  test('by text message when it is chosen, to who has a mobile, and not at night', async () => {
    await own({ sms: true });
    await send(reminder(jeanne!), reminder(sans!), reminder(cafe!));
    expect((await garden.messages()).map(({ channel, state, to }) => [channel, state, to])).toEqual([
      ['mail', 'waiting', 'jeanne@exemple.test'],
      ['sms', 'waiting', '+33612345678'],
      ['mail', 'unsent', ''],
      ['mail', 'waiting', 'cafe@exemple.test'],
    ]);
    const { rows } = await garden.owner.query("select run_at at time zone 'Europe/Paris' as here from graphile_worker._private_jobs");
    for (const { here } of rows) expect(here.getHours()).toBeGreaterThanOrEqual(8);
    await garden.deliver();
    expect(garden.sent.texts).toEqual([
      {
        to: '+33612345678',
        from: 'Jardindessa',
        text: "Jardin d'essai : demain jeudi 8 octobre, 1 panier : Mairie_de_Woippy, 16 h. Bonne cuisine !",
      },
    ]);
  });

  test('what the service of text messages refuses for good is not tried again', async () => {
    await own({ mail: false, sms: true });
    await send(reminder(jeanne!), reminder(sans!));
    expect(
      await garden.deliver({
        ...garden.post,
        sms: async () => {
          throw new SmsRefused('Il ne reste plus de crédit.', true);
        },
      }),
    ).toEqual([]);
    expect((await garden.messages()).map(({ state, error }) => [state, error])).toEqual([
      ['failed', 'Il ne reste plus de crédit.'],
      ['unsent', 'Pas de numéro de mobile.'],
    ]);
  });
});

test('the link that stops reminders names whom and what, and is ours alone', async () => {
  await send(reminder(jeanne!));
  await garden.deliver();
  const link = /<([^>]+)>/.exec(garden.sent.mails[0]!.headers!['List-Unsubscribe']!)![1]!;
  expect(garden.sent.mails[0]!.headers!['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  expect(garden.sent.mails[0]!.text).toContain(link);
  const token = link.split('/').at(-1)!;
  expect(readStop(token)).toEqual({ gardenId: garden.gardenId, customerId: jeanne, kind: 'reminder' });
  expect(readStop(token.replace('reminder', 'news'))).toBeNull();
  expect(readStop(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
});
