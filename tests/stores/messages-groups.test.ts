import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bouncedAddresses,
  changePreferences,
  clearBounce,
  customerMessages,
  groupPage,
  noteReturns,
  noteReturnsOfAll,
  notify,
  previewGroup,
  previewText,
  restoreText,
  saveDraft,
  saveSender,
  saveText,
  senderSettings,
  sendGroup,
  sendTestLetter,
  startGroup,
  stopGroup,
  stopMessages,
  stopPage,
  textPage,
} from '../../src/domains/messages/index.server.ts';
import { stopLink } from '../../src/domains/messages/server/token.ts';
import { AccessDenied, actorOf } from '../../src/platform/access/actor.ts';
import { inGarden } from '../../src/platform/db/tenancy.ts';
import { useDatabase } from '../database.ts';
import { writingGarden } from './messages.garden.ts';

const { ownerUrl } = useDatabase();
let garden: Awaited<ReturnType<typeof writingGarden>>;
let [jeanne, sans, cafe]: number[] = [];
const today = '2026-11-22';
const asked = { search: '', sort: 'nom', direction: 'asc' as const, page: 1, perPage: 50, filters: {} };
const words = {
  subject: 'Fête du jardin',
  body: 'Bonjour {{ prenom }},\n\n**Samedi**, portes ouvertes.',
  kind: 'news' as const,
  channel: 'mail' as const,
};
const value = <T>(outcome: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
};
const started = async (search = '') => value(await startGroup(garden.marie, today, { ...asked, search }, 'Tous les clients')).id;
const draft = async (
  id: number,
  more: { values?: typeof words; removed?: number[]; file?: { name: string; type: string; content: Buffer } | null } = {},
) =>
  saveDraft(garden.marie, id, {
    values: words,
    version: (await groupPage(garden.marie, id))!.version,
    removed: [],
    dropFiles: [],
    file: null,
    ...more,
  });

beforeAll(async () => {
  garden = await writingGarden(ownerUrl());
  jeanne = await garden.customer('Martin', { first: 'Jeanne', email: 'jeanne@exemple.test' });
  sans = await garden.customer('Noël', { first: 'Paul' });
  cafe = await garden.customer('Café du Port', { email: 'cafe@exemple.test', kind: 'organisation' });
});
afterAll(() => garden?.owner.end());

describe('writing to several', () => {
  test('whom it goes to is what the list finds; begun again, the empty draft is taken up', async () => {
    const id = await started();
    expect(await started('martin')).toBe(id);
    expect((await groupPage(garden.marie, id))!.recipients.map((one) => one.lastName)).toEqual(['Martin']);
    expect(await startGroup(garden.marie, today, { ...asked, search: 'personne' }, '')).toMatchObject({ ok: false });
  });

  test('who is removed gets nothing, who cannot be reached is kept with the reason, and it leaves once', async () => {
    const id = await started();
    value(await draft(id, { removed: [cafe!], file: { name: 'affiche.pdf', type: 'application/pdf', content: Buffer.from('%PDF') } }));
    const { group, letter } = value(await previewGroup(garden.marie, id, null));
    expect(letter).toMatchObject({ to: 'Jeanne Martin, jeanne@exemple.test', count: 1, subject: 'Fête du jardin' });
    expect(letter.html).toContain('<strong>Samedi</strong>');
    expect(await sendGroup(garden.marie, id, { count: 2, version: group.version })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Relisez'),
    });
    const seen = { count: 1, version: group.version };
    const [one, other] = await Promise.all([sendGroup(garden.marie, id, seen), sendGroup(garden.marie, id, seen)]);
    expect([one, other]).toEqual([
      { ok: true, value: { leaving: 1 } },
      { ok: true, value: { leaving: 1 } },
    ]);
    await garden.deliver();
    expect(garden.sent.mails).toHaveLength(1);
    expect(garden.sent.mails[0]).toMatchObject({
      attachments: [{ name: 'affiche.pdf' }],
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    });
    expect(garden.sent.mails[0]!.text).toContain('Bonjour Jeanne,');
    expect((await groupPage(garden.marie, id))!.counts).toMatchObject({ sent: 1, unsent: 1, waiting: 0 });
    expect((await customerMessages(garden.marie, sans!))!.rows[0]).toMatchObject({ state: 'unsent', error: 'Pas d’adresse e-mail.' });
    expect((await customerMessages(garden.marie, cafe!))!.rows).toEqual([]);
  });

  test('a word between braces that nobody knows is kept, said, and keeps the message from leaving', async () => {
    const id = await started();
    value(await draft(id, { values: { ...words, body: 'Bonjour {{ prenon }}' } }));
    expect(await previewGroup(garden.marie, id, null)).toMatchObject({ ok: false, fields: { body: expect.stringContaining('prenon') } });
    expect(await sendGroup(garden.marie, id, { count: 2, version: 2 })).toMatchObject({ ok: false });
    expect(await saveDraft(garden.marie, id, { values: words, version: 1, removed: [], dropFiles: [], file: null })).toMatchObject({
      ok: false,
      fields: { body: expect.stringContaining('prenon') },
    });
  });

  test('stopped, what has not left does not leave', async () => {
    garden.sent.mails.length = 0;
    const id = await started();
    value(await draft(id));
    const { group } = value(await previewGroup(garden.marie, id, null));
    value(await sendGroup(garden.marie, id, { count: 2, version: group.version }));
    expect(await stopGroup(garden.marie, id)).toEqual({ ok: true, value: { stopped: 2 } });
    await garden.deliver();
    expect(garden.sent.mails).toEqual([]);
    expect(await groupPage(garden.marie, id)).toMatchObject({ state: 'stopped', counts: { unsent: 3 } });
  });

  test('whoever may only read messages writes none', async () => {
    const reader = actorOf(garden.gardenId, garden.marie.userId!, ['messages:read', 'customers:read']);
    await expect((async () => startGroup(reader, today, asked, ''))()).rejects.toThrow(AccessDenied);
  });
});

describe('what customers want', () => {
  test('one click stops news, and takes them up again; a link that was tampered with does nothing', async () => {
    const token = stopLink({ gardenId: garden.gardenId, customerId: jeanne!, kind: 'news' }).split('/').at(-1)!;
    expect(await stopPage(token)).toMatchObject({ garden: 'Jardin d’essai', kind: 'news', wanted: true });
    expect(await stopMessages(token)).toMatchObject({ ok: true });
    expect(await stopMessages(token)).toMatchObject({ ok: true });
    expect((await customerMessages(garden.marie, jeanne!))!.preferences).toEqual({ reminder: true, news: false });
    const id = await started();
    expect((await groupPage(garden.marie, id))!.recipients.find((one) => one.id === jeanne)).toMatchObject({
      unsent: 'Ne souhaite pas recevoir les nouvelles.',
    });
    expect(await stopMessages(token.replace(String(jeanne), String(cafe)))).toMatchObject({ ok: false });
    expect(await stopPage('n-importe-quoi')).toBeNull();
    expect(await stopMessages(token, true)).toMatchObject({ ok: true });
    expect(await changePreferences(garden.marie, jeanne!, { reminder: false }, 'garden')).toMatchObject({ ok: true });
    expect((await customerMessages(garden.marie, jeanne!))!.preferences).toEqual({ reminder: false, news: true });
  });
});

describe('what comes back', () => {
  const notice = (messageId: string, status: string, action = 'failed') => `From daemon@relais.test
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.test

Final-Recipient: rfc822; cafe@exemple.test
Action: ${action}
Status: ${status}

--x
Content-Type: text/rfc822-headers

Message-ID:
 <${messageId}>
--x--
`;

  test('a letter that came back marks its message, and sets an address aside that does not exist; a delay or a full box does not', async () => {
    garden.sent.mails.length = 0;
    await inGarden(garden.marie, (tx) =>
      notify(tx, garden.gardenId, [{ event: 'email_changed', customerId: cafe!, variables: { adresse: 'x' } }]),
    );
    await garden.deliver();
    const { messageId } = garden.sent.mails[0]!;
    expect(await noteReturns(garden.marie, notice(messageId!, '4.4.7', 'delayed'))).toMatchObject({ ok: false });
    expect(await noteReturnsOfAll(notice(messageId!.replace(/\.([\w-]{22})@/, '.aaaaaaaaaaaaaaaaaaaaaa@'), '5.1.1'))).toBe(0);
    expect(await noteReturns(garden.marie, notice(messageId!, '5.2.2'))).toEqual({ ok: true, value: { noted: 1, others: 0 } });
    expect(await bouncedAddresses(garden.marie)).toEqual([]);
    expect(await noteReturnsOfAll(notice(messageId!, '5.1.1').repeat(2))).toBe(2);
    const [address, ...more] = await bouncedAddresses(garden.marie);
    expect([address, more]).toMatchObject([{ address: 'cafe@exemple.test', customerId: cafe, reason: 'Cette adresse n’existe pas.' }, []]);
    expect((await customerMessages(garden.marie, cafe!))!.rows[0]).toMatchObject({
      state: 'bounced',
      error: 'Cette adresse n’existe pas.',
    });
    await clearBounce(garden.marie, address!.id);
    expect(await bouncedAddresses(garden.marie)).toEqual([]);
  });
});

describe('texts and ways', () => {
  test('a text is tried on a customer, kept, conflicts are told, and the one of the house comes back', async () => {
    const { values, version } = await textPage(garden.marie, 'change_confirmed');
    const mine = { ...values, body: 'C’est noté {{ prenom }} : {{ changement }}' };
    expect(value(await previewText(garden.marie, 'change_confirmed', mine, 'martin')).html).toContain('C’est noté Jeanne');
    expect(await previewText(garden.marie, 'change_confirmed', mine, 'inconnue')).toMatchObject({
      ok: false,
      fields: { client: expect.any(String) },
    });
    expect(await saveText(garden.marie, 'change_confirmed', version, { ...mine, subject: '{{ jour }}' })).toMatchObject({
      ok: false,
      fields: { subject: expect.stringContaining('jour') },
    });
    value(await saveText(garden.marie, 'change_confirmed', version, mine));
    value(await saveText(garden.marie, 'change_confirmed', version, mine));
    expect(await saveText(garden.marie, 'change_confirmed', version, { ...mine, body: 'Autre' })).toMatchObject({
      ok: false,
      fields: { body: expect.stringContaining('C’est noté') },
    });
    expect(await textPage(garden.marie, 'change_confirmed')).toMatchObject({ own: true, values: mine });
    value(await restoreText(garden.marie, 'change_confirmed'));
    expect(await textPage(garden.marie, 'change_confirmed')).toMatchObject({ own: false, values });
  });

  test('the garden’s own server: its password is sealed, kept when left empty, asked again for another server', async () => {
    const typed = {
      ...(await senderSettings(garden.marie)).values,
      ...{
        way: 'own' as const,
        smtpHost: 'smtp.hebergeur.test',
        smtpPort: 465,
        smtpUser: 'jardin',
        smtpPassword: 'secret-1',
        fromAddress: 'paniers@jardin.test',
        smsKey: '',
      },
    };
    value(await saveSender(garden.marie, 0, typed));
    const { rows } = await garden.owner.query('select smtp_password from message_sender');
    expect(rows[0].smtp_password).toMatch(/^v1\./);
    const { rows: trail } = await garden.owner.query("select after::text from audit_entry where table_name = 'message_sender'");
    expect(JSON.stringify([rows, trail])).not.toContain('secret-1');
    const kept = await senderSettings(garden.marie);
    expect(kept).toMatchObject({ hasPassword: true, version: 1, from: 'Jardin d’essai <paniers@jardin.test>' });
    expect(JSON.stringify(kept)).not.toContain('secret-1');
    value(await saveSender(garden.marie, 1, { ...typed, smtpPassword: '', fromName: 'Les paniers' }));
    expect(await saveSender(garden.marie, 2, { ...typed, smtpPassword: '', smtpHost: 'smtp.ailleurs.test' })).toMatchObject({
      ok: false,
      fields: { smtpPassword: expect.any(String) },
    });
    const used: unknown[] = [];
    value(await sendTestLetter(garden.marie, 'marie@jardin.test', async (server, mail) => void used.push(server, mail.from)));
    expect(used).toEqual([
      { host: 'smtp.hebergeur.test', port: 465, secure: true, user: 'jardin', password: 'secret-1' },
      '"Les paniers" <paniers@jardin.test>',
    ]);
    const refusing = async () => {
      throw Object.assign(new Error('x'), { code: 'EAUTH', responseCode: 535 });
    };
    expect(await sendTestLetter(garden.marie, 'marie@jardin.test', refusing)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('mot de passe'),
    });
  });
});
