import type { Generated } from 'kysely';
import type { Archivable, Stamp, Tenant, Versioned } from './schema-columns.ts';

/** Messages to customers (0020). */
export type MessagesSchema = {
  message_template: Tenant &
    Versioned & {
      event: string;
      subject: Generated<string>;
      body: Generated<string>;
      sms: Generated<string>;
      own_text: Generated<boolean>;
      by_mail: Generated<boolean>;
      by_sms: Generated<boolean>;
    };
  message_group: Tenant &
    Versioned &
    Archivable & {
      subject: Generated<string>;
      body: Generated<string>;
      kind: Generated<'news' | 'service'>;
      channel: Generated<'mail' | 'sms'>;
      found_by: Generated<string>;
      state: Generated<'draft' | 'sent' | 'stopped'>;
      created_by: string | null;
      created_at: Stamp;
      sent_at: Date | null;
    };
  message_recipient: Tenant & { group_id: number; customer_id: number; removed: Generated<boolean> };
  message_group_file: Tenant & { group_id: number; name: string; content_type: string; content: Buffer };
  message: Tenant & {
    event: string | null;
    group_id: number | null;
    customer_id: number | null;
    kind: Generated<'service' | 'reminder' | 'news'>;
    channel: Generated<'mail' | 'sms'>;
    to_address: string;
    reply_to: Generated<string>;
    about: Generated<string>;
    subject: Generated<string>;
    body: string;
    state: Generated<'waiting' | 'sent' | 'failed' | 'bounced' | 'unsent'>;
    tries: Generated<number>;
    error: Generated<string>;
    created_by: string | null;
    created_at: Stamp;
    sent_at: Date | null;
  };
  message_file: Tenant & { message_id: number; name: string; content_type: string; content: Buffer | null };
  message_preference: Tenant & {
    customer_id: number;
    kind: 'reminder' | 'news';
    wanted: boolean;
    said_by: Generated<'link' | 'account' | 'garden'>;
    changed_at: Stamp;
  };
  message_bounce: Tenant & {
    address: string;
    message_id: number | null;
    reason: Generated<string>;
    noted_at: Stamp;
    cleared_at: Date | null;
  };
  message_sender: Tenant &
    Versioned & {
      smtp_host: Generated<string>;
      smtp_port: Generated<number>;
      smtp_security: Generated<'tls' | 'starttls'>;
      smtp_user: Generated<string>;
      smtp_password: string | null;
      from_name: Generated<string>;
      from_address: Generated<string>;
      reply_to: Generated<string>;
      signature: Generated<string>;
      sms_by: Generated<'none' | 'brevo'>;
      sms_name: Generated<string>;
      sms_key: string | null;
    };
};
