import { takeFlash } from '#edge/flash.ts';

/** A page that the browser fetches in advance leaves the sentence for the one that is looked at. */
export const load = ({ cookies, request }) => ({
  flash: request.headers.get('sec-purpose')?.includes('prefetch') ? null : takeFlash(cookies),
});
