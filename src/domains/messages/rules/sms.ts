/**
 * The first mobile number of what was typed, in international form, or null: « 03 87… / 06 12 34 56 78 » → `+33612345678`. Mobiles of France begin with 06 or
 * 07 (ARCEP, plan of numbers); La Réunion and Mayotte with 0692, 0693, 0639, 0690… which count as French ones with codes of their own.
 */
export function mobileOf(phone: string): string | null {
  const digits = phone.replace(/[\s.\-()\u00a0\u202f]/g, '');
  const found = /(?:^|[^\d+])(?:\+33|0033|0)([67]\d{8})(?!\d)/.exec(` ${digits.replace(/[/,;]/g, ' ')}`)?.[1];
  if (!found) return null;
  const overseas = /^69[23]/.test(found)
    ? '262'
    : /^639/.test(found)
      ? '262'
      : /^690|^691/.test(found)
        ? '590'
        : /^694/.test(found)
          ? '594'
          : /^69[67]/.test(found)
            ? '596'
            : '33';
  return `+${overseas}${found}`;
}

// 160 signs in the alphabet of text messages (GSM 03.38), 70 when another sign is in it; less when several follow each other.
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

/** Signs that text messages have not, written with those they have, so that a text costs one message rather than three: « … » ’ ê. */
export const plainSms = (text: string): string =>
  text
    .replace(/[’‘]/g, "'")
    .replace(/[«»“”]\u00a0?/g, '"')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/…/g, '...')
    .replace(/[–—−]/g, '-')
    .replace(/œ/g, 'oe')
    .replace(/[êëâîïôûçÊÈËÀÂÎÏÔÛÙ]/g, (sign) => sign.normalize('NFD').replace(/\p{M}/gu, ''));

/** How many messages a text costs. */
export function smsCount(text: string): number {
  const [one, several] = gsm.test(text) ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / several);
}
